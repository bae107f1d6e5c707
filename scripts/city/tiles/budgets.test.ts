import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bytesOfView } from '../../../tests/bench/first-view.ts'
import { temporaryFolder } from '../../../tests/support/gateway-process.ts'
import type { LonLat, Ring } from '../regions/geojson.ts'
import { writeBuildingTileset } from './building-tileset.ts'
import type { Footprint } from './footprint.ts'

const CENTER: LonLat = [106.3, 38.2]

/** As many to the square kilometre as a dense district has; L-shaped, low, one in twenty a tower. */
function houses(count: number): Footprint[] {
  const side = Math.ceil(Math.sqrt(count))
  return Array.from({ length: count }, (_, index) => {
    const [column, row] = [(index % side) - side / 2, Math.floor(index / side) - side / 2]
    const [west, south, size] = [CENTER[0] + column * 0.0006, CENTER[1] + row * 0.0005, 0.00015]
    const shape = [[0, 0], [2, 0], [2, 1], [1, 1], [1, 2], [0, 2], [0, 0]] as const // prettier-ignore
    const ring = shape.map(([x, y]) => [west + x * size, south + y * size] as LonLat) satisfies Ring
    const floors = index % 20 === 0 ? 10 + ((index * 7919) % 21) : 3 + (index % 5)
    return {
      id: `b${index}`,
      name: `${index} 号楼`,
      rings: [ring],
      base: 0,
      height: floors * 3,
      heightFrom: 'floors',
    }
  })
}

function built(count: number) {
  const folder = join(temporaryFolder(), 'buildings')
  writeBuildingTileset(folder, houses(count), CENTER, 'real', () => undefined)
  const sizes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size] as const)
  return { folder, sizeOf: Object.fromEntries(sizes) as Record<string, number> }
}

const [town, city] = [built(12_500), built(50_000)]

it('keeps every tile to what a slow line brings in a moment, the root like the others', () => {
  const { 'tileset.json': tree, ...tiles } = city.sizeOf
  expect(Object.keys(tiles).length).toBeGreaterThan(30)
  expect(Math.max(...Object.values(tiles))).toBeLessThan(260_000)
  expect(tiles['0.glb']).toBeLessThan(260_000)
  expect(tree! / Object.keys(tiles).length).toBeLessThan(300)
})

it('streams: a street takes a part of the tiles, and not four times as many when the city grows fourfold around it', () => {
  const eye = [0, 0, 60] as const
  const [few, many] = [bytesOfView(town.folder, eye), bytesOfView(city.folder, eye)]
  const all = Object.values(city.sizeOf).reduce((sum, size) => sum + size, 0)
  expect(many.bytes / all).toBeLessThan(0.4)
  expect(many.bytes / few.bytes).toBeLessThan(2.5)
  // From high above, the largest only.
  expect(bytesOfView(city.folder, [0, 0, 20_000])).toMatchObject({ tiles: 1 })
})
