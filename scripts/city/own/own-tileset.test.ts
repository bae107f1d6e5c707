import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EnuFrame } from '../../../src/map/engine/enu-frame.ts'
import { boundaries, builtFrom } from '../fixtures/built-map.ts'
import { cityFolder, type FixtureLayer, square, writeBoundaries } from '../fixtures/city-folder.ts'
import { writeBuildingTileset } from '../tiles/building-tileset.ts'

const CENTER: [number, number] = [106.1, 38.1]
const GROUND = 1100
/** Two dozen kilometres from the middle, where up is another way. */
const PLACE: [number, number] = [106.35, 38.2]
const RADIANS = Math.PI / 180

/** A city at 1,100 m, and a tower of 20 m that stands on its ground by its own height. */
function cityAtHeight(more: Partial<FixtureLayer> = {}): string {
  const heights = { kind: 'terrain', file: 'dem.asc', crs: 'EPSG:4326' }
  const folder = cityFolder([boundaries, heights, { kind: '3dtiles', file: 'model', ...more }], {
    center: CENTER,
  })
  writeBoundaries(folder)
  const row = `${GROUND} `.repeat(10)
  writeFileSync(
    join(folder, 'dem.asc'),
    `ncols 10\nnrows 10\nxllcorner 105.9\nyllcorner 37.9\ncellsize 0.05\n${`${row}\n`.repeat(10)}`,
  )
  const footprint = {
    id: 'a',
    rings: [square(...PLACE, 0.0002)],
    height: 20,
    heightFrom: 'measured' as const,
  }
  writeBuildingTileset(
    join(folder, 'model'),
    [{ ...footprint, base: GROUND }],
    PLACE,
    'real',
    () => undefined,
  )
  return folder
}

interface Tileset {
  root: { transform: number[]; boundingVolume: { box: number[]; region?: number[] } }
}
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Tileset

/** Longitude, latitude, and height above the ellipsoid of the middle of the root's box. */
function middle({ root }: Tileset) {
  const at = [...root.boundingVolume.box.slice(0, 3), 1]
  const [x, y, z] = [0, 1, 2].map((row) =>
    at.reduce((sum, value, column) => sum + value * root.transform[column * 4 + row]!, 0),
  ) as [number, number, number]
  const frame = new EnuFrame(...PLACE)
  return frame.unproject(frame.fromEarth({ x, y, z }))
}

it('stands a model of its own on the streets of a city that lies high, at the same place', async () => {
  const folder = cityAtHeight()
  const before = middle(read(join(folder, 'model/tileset.json')))
  expect(before.height).toBeCloseTo(GROUND + 10, 0)
  const { out, layer, manifest } = await builtFrom(folder)
  expect(manifest.groundHeight).toBe(GROUND)
  const after = middle(read(join(out, 'model/tileset.json')))
  expect(after.height).toBeCloseTo(before.height - GROUND, 3)
  expect((after.longitude - before.longitude) * 87_700).toBeCloseTo(0, 3)
  expect((after.latitude - before.latitude) * 111_000).toBeCloseTo(0, 3)
  expect(layer('model').steps).toContain('sunk by 1100 m, as the map is')
})

it('adds what its heights are off by', async () => {
  const { out } = await builtFrom(cityAtHeight({ heightOffset: 30 }))
  expect(middle(read(join(out, 'model/tileset.json'))).height).toBeCloseTo(40, 0)
})

it('sinks regions, which no transform moves, down to the last tileset', async () => {
  const folder = cityAtHeight()
  const model = join(folder, 'model')
  const [west, south] = PLACE.map((degrees) => degrees * RADIANS) as [number, number]
  const region = [west, south, west + 1e-5, south + 1e-5, GROUND, GROUND + 20]
  const tile = { boundingVolume: { region }, geometricError: 9, refine: 'ADD' }
  const asset = { version: '1.1' }
  mkdirSync(join(model, 'below'))
  const inner = {
    asset,
    geometricError: 9,
    root: {
      ...tile,
      content: { uri: '../0.glb', boundingVolume: { region } },
      // Back to the first, which sinks once all the same.
      children: [{ ...tile, content: { uri: '../tileset.json' } }],
    },
  }
  writeFileSync(join(model, 'below/tileset.json'), JSON.stringify(inner))
  const outer = { asset, geometricError: 99, root: { ...tile, children: [{ ...tile, content: { uri: 'below/tileset.json' } }] } } // prettier-ignore
  writeFileSync(join(model, 'tileset.json'), JSON.stringify(outer))
  const { out } = await builtFrom(folder)
  const texts = ['tileset.json', 'below/tileset.json'].map((file) =>
    readFileSync(join(out, 'model', file), 'utf8'),
  )
  const lows = texts.join().match(/"region":\[[^\]]*\]/g)!.map((text) => text.split(',').slice(4).join()) // prettier-ignore
  expect(lows).toEqual(Array.from({ length: 5 }, () => '0,20]'))
  expect(texts[0]).toContain('"transform"')
  expect(texts[1]).not.toContain('"transform"')
})

it.each([
  ['{"asset":', 'tileset.json is no 3D Tiles 1.0 or 1.1 tileset'],
  ['null', 'tileset.json is no 3D Tiles 1.0 or 1.1 tileset'],
  [
    JSON.stringify({ asset: { version: '1.1' }, root: { content: { uri: '100%.glb' } } }),
    '100%.glb is missing',
  ],
])('says of which layer a broken tileset is: %s', async (text, sentence) => {
  const folder = cityAtHeight()
  writeFileSync(join(folder, 'model/tileset.json'), text)
  await expect(builtFrom(folder)).rejects.toThrow(new RegExp(`layer \\S+ \\(model\\).*${sentence}`))
})
