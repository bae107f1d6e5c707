import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from './support/gateway.ts'

const app = resolve(import.meta.dirname, '../../dist/client')

interface Chunk {
  file: string
  name?: string
  css?: string[]
  imports?: string[]
  dynamicImports?: string[]
}
type Manifest = Record<string, Chunk>

const readManifest = () => JSON.parse(readFileSync(join(app, '.vite/manifest.json'), 'utf8')) as Manifest

/** kB = 1000 bytes at gzip -9, as budgets are written. */
function kilobytes(files: Iterable<string>): number {
  return (
    [...new Set(files)].reduce(
      (sum, file) => sum + gzipSync(readFileSync(join(app, file)), { level: 9 }).length,
      0,
    ) / 1000
  )
}

/** Everything the browser fetches when these chunks load: their static imports and styles, all the way down. */
function closureOf(manifest: Manifest, keys: readonly string[]): string[] {
  const seen = new Set<string>()
  const visit = (key: string): string[] => {
    if (seen.has(key)) return []
    seen.add(key)
    const { file, css = [], imports = [] } = manifest[key] ?? expectChunk(key)
    return [file, ...css, ...imports.flatMap(visit)]
  }
  return keys.flatMap(visit)
}

function expectChunk(key: string): never {
  throw new Error(`${key} is not in the build's manifest`)
}

/** Files of a group of vite.config.ts: cesium-h4sh.js and what else of that name. */
function filesOfGroup(manifest: Manifest, group: string): string[] {
  return Object.values(manifest)
    .filter(({ name }) => name === group)
    .flatMap(({ file, css = [] }) => [file, ...css])
}

test('what the wall needs before its first figure weighs at most 120 kB, with every panel counted', () => {
  const manifest = readManifest()
  const panels = Object.keys(manifest).filter((key) => /^(src\/panels\/.*\.vue|_panels-.*\.js)$/.test(key))
  const files = [
    'index.html',
    ...closureOf(manifest, ['index.html', 'src/consoles/wall/WallConsole.vue', ...panels]),
  ]
  expect(panels.length).toBeGreaterThan(0)
  expect(files.filter((file) => /(cesium|deck|echarts|fonts)/.test(file))).toEqual([])
  expect(kilobytes(files)).toBeLessThanOrEqual(120)
})

for (const [group, budget] of [
  ['cesium', 1100],
  ['deck', 320],
  ['echarts', 215],
] as const) {
  test(`${group} weighs at most ${budget} kB and is fetched only when wanted`, () => {
    const files = filesOfGroup(readManifest(), group)
    expect(files).not.toEqual([])
    expect(kilobytes(files)).toBeLessThanOrEqual(budget)
  })
}

test('a browser has fetched at most 120 kB when the first figure stands on the wall', async ({ page }) => {
  await page.addInitScript(() => {
    const look = () => {
      const figure = [...document.querySelectorAll('[data-indicator]')].find(({ textContent }) =>
        /\d/.test(textContent ?? ''),
      )
      if (figure) performance.mark('first-figure')
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto('/wall')
  await page.waitForFunction(() => performance.getEntriesByName('first-figure').length > 0)
  const fetched = await page.evaluate(() => {
    const first = performance.getEntriesByName('first-figure')[0]?.startTime ?? 0
    const entries = [
      ...performance.getEntriesByType('navigation'),
      ...performance.getEntriesByType('resource'),
    ]
    return entries
      .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
      .filter(({ name, startTime }) => startTime < first && !new URL(name).pathname.startsWith('/api/'))
      .map(({ name, encodedBodySize }) => ({ path: new URL(name).pathname, bytes: encodedBodySize }))
  })
  expect(fetched.filter(({ path }) => /woff2|cesium|deck|echarts/.test(path))).toEqual([])
  expect(fetched.reduce((sum, { bytes }) => sum + bytes, 0) / 1000).toBeLessThanOrEqual(120)
})
