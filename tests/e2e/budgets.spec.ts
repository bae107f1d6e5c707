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

test('a browser fetches at most 120 kB of page, script and style for the first figure', async ({ page }) => {
  const manifest = readManifest()
  const way = new Set(closureOf(manifest, ['index.html', 'src/consoles/wall/WallConsole.vue']))
  /** The map and what comes after the first figure may be under way by then; they are no part of its way. */
  const aside = Object.keys(manifest).filter((key) => /^src\/(map|ui\/(fonts|echarts-core|words))/.test(key))
  const asideFiles = new Set(closureOf(manifest, aside).filter((file) => !way.has(file)))
  await page.addInitScript(markFirstFigure)
  await page.goto('/wall')
  await page.waitForFunction(() => performance.getEntriesByName('first-figure').length > 0)
  const fetched = (await page.evaluate(fetchedBeforeFirstFigure)).filter(
    ({ path }) => /^\/wall$|\.(js|css)$/.test(path) && !asideFiles.has(path.slice(1)),
  )
  const listed = fetched.map(({ path, bytes }) => `${path} ${bytes}`).join('\n')
  expect(fetched.length).toBeGreaterThan(2)
  expect(fetched.reduce((sum, { bytes }) => sum + bytes, 0) / 1000, listed).toBeLessThanOrEqual(120)
})

test('the first figure waits for neither fonts, ECharts nor the map', async ({ page }) => {
  const held: string[] = []
  await page.route(/\.woff2$|\/assets\/(fonts|echarts|cesium|deck|Map)|\/(cesium|basemap)\//, (route) => {
    // Never answered: whoever waits for it waits for ever.
    held.push(route.request().url())
  })
  await page.goto('/wall')
  await expect(page.locator('[data-indicator]').filter({ hasText: /\d/ }).first()).toBeVisible()
  await expect.poll(() => held.length).toBeGreaterThan(0)
})

/** Runs in the page, before its own code. */
function markFirstFigure(): void {
  const look = () => {
    const figures = [...document.querySelectorAll('[data-indicator]')]
    if (figures.some(({ textContent }) => /\d/.test(textContent ?? ''))) performance.mark('first-figure')
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Runs in the page. */
function fetchedBeforeFirstFigure(): { path: string; bytes: number }[] {
  const first = performance.getEntriesByName('first-figure')[0]?.startTime ?? 0
  return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
    .filter(({ startTime }) => startTime < first)
    .map(({ name, encodedBodySize }) => ({ path: new URL(name).pathname, bytes: encodedBodySize }))
}
