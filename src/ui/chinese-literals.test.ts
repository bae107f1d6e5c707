import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = 'src'
/** Where Chinese is data or a format rather than a text of the screen. */
const exempt = [
  /^ui\/words\//,
  /^domain\/.*(format|label|unit|city-state|attention|period|lunar)/,
  /^ui\/(lunar-date|city-date)\.ts$/,
  /\.test\.ts$/,
]

function chineseIn(source: string): string[] {
  const text = source
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '')
  // A plugin's own name stands in the plugin, in both languages: a new one edits no other file.
  const unnamed = text.replaceAll(/\{\s*zh: '[^']*',\s*en: '[^']*',?\s*\}/g, '')
  return [...unnamed.matchAll(/[^\n]*\p{Script=Han}[^\n]*/gu)].map(([line]) => line.trim())
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|vue)$/.test(path))
    .map((path) => path.replaceAll('\\', '/'))
}

describe('texts of the screen', () => {
  it('finds a planted literal in code and in a template, but none in comments', () => {
    expect(chineseIn("const a = '平稳'")).toHaveLength(1)
    expect(chineseIn('<b>在办</b>')).toHaveLength(1)
    expect(chineseIn("title: { zh: '在办' }")).toHaveLength(1)
    expect(chineseIn("title: { zh: '在办', en: 'Open' }")).toEqual([])
    expect(chineseIn('/** 预警 */\n// 告警\n<!-- 事件 -->')).toEqual([])
  })

  it('come from ui/words and nowhere else', () => {
    const areas = ['ui', 'panels', 'consoles', 'map', 'runtime', 'stores', 'client']
    const found = areas
      .flatMap((area) => filesOf(join(root, area)).map((path) => `${area}/${path}`))
      .filter((path) => !exempt.some((pattern) => pattern.test(path)))
      .flatMap((path) =>
        chineseIn(readFileSync(join(root, path), 'utf8')).map(
          (line) => `${relative(root, join(root, path))}: ${line}`,
        ),
      )
    expect(found).toEqual([])
  })

  // A Chinese list in an English sentence; useWords().list writes it as the language does.
  it('join no names by hand with the comma of one language', () => {
    const files = filesOf(root).filter((path) => !path.endsWith('.test.ts'))
    const byHand = files.filter((path) => /join\(\s*['"`]、/.test(readFileSync(join(root, path), 'utf8')))
    expect(byHand).toEqual([])
  })
})
