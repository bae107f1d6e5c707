import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Every source file a reader meets, tests aside. */
const files = ['src', 'server', 'mock-data', 'scripts']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => /\.(ts|vue|mjs)$/.test(file) && !/(\.test|\.d|-suite)\.ts$/.test(file))

const texts = files.map((file) => ({
  file,
  lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n'),
}))

/** Lines of script and template: a file is not too long for saying what it does, nor for how it looks. */
const sizes = texts.map(({ file, lines }) => {
  const style = lines.findIndex((line) => line.startsWith('<style'))
  const shown = style === -1 ? lines : lines.slice(0, style)
  return { file, code: shown.filter((line) => !/^\s*($|\/\/|\/?\*|<!--)/.test(line)).length }
})

function quantile(fraction: number): number {
  const counts = sizes.map(({ code }) => code).toSorted((a, b) => a - b)
  return counts[Math.ceil(fraction * counts.length) - 1] ?? 0
}

function above(limit: number, folder: RegExp): string[] {
  return sizes
    .filter(({ file, code }) => folder.test(file) && code > limit)
    .map(({ file, code }) => `${file}: ${code} lines`)
}

test('half of all files have at most 60 lines of code, nine in ten at most 180, none over 400 lines in all', () => {
  expect(files.length).toBeGreaterThan(20)
  expect(quantile(0.5)).toBeLessThanOrEqual(60)
  expect(quantile(0.9)).toBeLessThanOrEqual(180)
  expect(texts.filter(({ lines }) => lines.length > 400).map(({ file }) => file)).toEqual([])
})

test('a contract has at most 60 lines, a plugin at most 120, a protocol adapter at most 250', () => {
  expect(above(60, /^src\/contracts\//)).toEqual([])
  expect(above(120, /^src\/(panels\/.*\.vue|map\/layers\/|adapters\/models\/)/)).toEqual([])
  expect(above(250, /^src\/adapters\/indicators\//)).toEqual([])
})

test.each([
  ['src/stores/utils.ts', false],
  ['src/stores/region-data.ts', false],
  ['src/ui/ChartHelper.vue', false],
  ['src/ui/PanelFrame.vue', true],
  ['src/ui/panelFrame.vue', false],
  ['src/ui/usePointer.ts', true],
  ['server/ingest/http-gate.ts', true],
  ['server/ingest/httpGate.ts', false],
])('%s is a good name: %s', (file, good) => {
  expect(nameFault(file) === undefined).toBe(good)
})

test('files are named for what they hold, in the case of their kind', () => {
  expect(files.map(nameFault).filter((fault) => fault !== undefined)).toEqual([])
})

function nameFault(file: string): string | undefined {
  const name = basename(file).replace(/\.(ts|vue|mjs)$/, '')
  const words = name.split(/-|\.|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase())
  const empty = words.find((word) => /^(utils?|helpers?|managers?|data|info|misc|common)$/.test(word))
  if (empty !== undefined) return `${file}: "${empty}" says nothing`
  const rightCase = file.endsWith('.vue')
    ? /^[A-Z][A-Za-z0-9]*$/
    : /^([a-z0-9]+(-[a-z0-9]+)*|use[A-Z][A-Za-z0-9]*)$/
  return rightCase.test(name) ? undefined : `${file}: PascalCase.vue, kebab-case.ts or useThing.ts`
}
