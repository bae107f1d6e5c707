import { execFile } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { cityFolder, square } from '../../scripts/city/fixtures/city-folder.ts'
import type { BasemapManifest, RegionCollection } from '../../src/domain/basemap.ts'
import { startGateway, temporaryFolder } from '../support/gateway-process.ts'
import { sampleCity } from '../support/sample-city.ts'
import { openMap } from './support/map-page.ts'
import { expect, test } from './support/sealed.ts'

const root = resolve(import.meta.dirname, '../..')
const shared = resolve(root, '../shared/data')
type Position = readonly [longitude: number, latitude: number]

/** Real footprints, and a quarter of them. */
const real: { file: string; adcode: string; quarter: Position; where?: { layer: string } }[] = [
  { file: 'shenzhen_nanshan_buildings.geojson', adcode: '440300', quarter: [113.938, 22.51] },
  {
    file: 'wuhan_osm_buildings_roads.geojson',
    adcode: '420100',
    quarter: [114.394, 30.506],
    where: { layer: 'buildings' },
  },
]

/** A base map by the command, in a folder of its own. */
async function built(...args: string[]): Promise<string> {
  const out = join(temporaryFolder(), 'map')
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/city.ts', ...args, '--out', out], {
    cwd: root,
  })
  return out
}

const read = (map: string, name: string): unknown => JSON.parse(readFileSync(join(map, name), 'utf8'))

/** A city as data around a base map: its units, its middle, one scene with a map and nothing else to show. */
async function cityOf(map: string) {
  const { features } = read(map, 'regions.geojson') as RegionCollection
  const [longitude, latitude] = (read(map, 'manifest.json') as BasemapManifest).center
  const city = `${features[0]!.properties.code.slice(0, 4)}00`
  const units = features.map(({ properties: { code, name } }) => ({
    code,
    name: { zh: name },
    level: 'county',
    parent: city,
  }))
  return sampleCity({
    'city.yaml': (text) =>
      text
        .replaceAll('990100', city)
        .replace(/^center: .*$/m, `center: { longitude: ${longitude}, latitude: ${latitude} }`),
    // Nobody listens there: a map needs no source.
    'sources.yaml': (text) => text.replace('${UPSTREAM}', 'http://127.0.0.1:9'),
    'regions.json': JSON.stringify([{ code: city, name: { zh: '某市' }, level: 'city' }, ...units]),
    'scenes/wall.yaml': [
      'id: wall',
      'console: wall',
      'name: { zh: 总览 }',
      'panels: []',
      'map: { themes: [{ id: plain, name: { zh: 底图 } }] }',
    ].join('\n'),
  })
}

/**
 * Files of a built map under the address that the app asks; answers the tiles asked for. The outline is drawn tight
 * around a quarter of 1.5 km, because a map opens with its outline in view.
 */
async function serve(page: Page, map: string, [longitude, latitude]: Position): Promise<Set<string>> {
  const tiles = new Set<string>()
  const [unit] = (read(map, 'regions.geojson') as RegionCollection).features
  const around = square(longitude - 0.007, latitude - 0.007, 0.014)
  const outline = { ...unit!, geometry: { type: 'MultiPolygon', coordinates: [[around]] } }
  await page.route('**/basemap/sample/**', (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname.split('/basemap/sample/')[1]!)
    if (name.endsWith('.glb')) tiles.add(name)
    if (name === 'regions.geojson')
      return route.fulfill({ json: { type: 'FeatureCollection', features: [outline] } })
    return route.fulfill({ body: readFileSync(join(map, name)) })
  })
  return tiles
}

async function opensWithHouses(page: Page, map: string, quarter: Position): Promise<void> {
  const city = await cityOf(map)
  const gateway = await startGateway({ CITY: city.folder })
  try {
    const tiles = await serve(page, map, quarter)
    await openMap(page, '3d', gateway.url)
    await expect.poll(() => tiles.size, { timeout: 30_000 }).toBeGreaterThan(0)
    const { x, y, width, height } = (await page.locator('.map-slot .canvas').boundingBox())!
    const card = page.locator('[data-card^="buildings/"]')
    // Houses stand in the middle of the picture, with streets between them.
    await expect(async () => {
      const [across, down] = [0.4 + 0.2 * Math.random(), 0.45 + 0.2 * Math.random()]
      await page.mouse.click(x + width * across, y + height * down)
      await expect(card).toBeVisible({ timeout: 1_500 })
    }).toPass({ timeout: 60_000, intervals: [0] })
    await expect(card).toContainText('米')
  } finally {
    await gateway.stop()
    await city.remove()
  }
}

test('a second city, 银川, is built by its code and opens in the app, its houses streamed and picked', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const map = await built('--adcode', '640100')
  await opensWithHouses(page, map, (read(map, 'manifest.json') as BasemapManifest).center)
})

for (const { file, where, quarter, adcode } of real) {
  const absent = !existsSync(join(shared, file))
  test(`houses of ${file} open in the app${absent ? ' (skipped: the file is not beside the project)' : ''}`, async ({
    page,
  }) => {
    test.skip(absent)
    test.setTimeout(240_000)
    const layer = { kind: 'buildings', file, ...(where ? { where } : {}) }
    const folder = cityFolder([layer], { adcode, center: quarter })
    cpSync(join(shared, file), join(folder, file))
    await opensWithHouses(page, await built('--in', folder), quarter)
  })
}
