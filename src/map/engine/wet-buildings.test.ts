import { expect, it, vi } from 'vitest'
import type { WetGround } from '../../contracts/map-drawing.ts'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { NAMELESS_ROW } from './kit/kit-layer.ts'
import { WetBuildings } from './wet-buildings.ts'

const square = (west: number, south: number, side: number): EnuMetres[] => [
  [west, south, 0],
  [west + side, south, 0],
  [west + side, south + side, 0],
  [west, south + side, 0],
]
/** Water of 100 m with an island of 20 m in its middle. */
const water: WetGround = { polygons: [[square(0, 0, 100), square(40, 40, 20)]], forecast: false }

/** Houses of 10 m by their south-west corners, as a tile of them is read. */
function tile(url: string, corners: readonly (readonly [number, number])[], rows?: readonly number[]) {
  const rings = corners.map(([west, south]) => square(west, south, 10))
  const value = Float32Array.from(rings.flat(2))
  const names = Float32Array.from(rings.flatMap((ring, at) => ring.map(() => rows?.[at] ?? at)))
  const attributes = { positions: { size: 3, value }, rows: { size: 1, value: names } }
  return { url, geometry: { topology: 'triangle-list' as const, attributes } }
}
const house = (url: string, featureId: number) => ({ featureId, content: { url } }) as never

it('finds the houses whose middle lies in the water, not those on an island or beside it', () => {
  const wet = new WetBuildings()
  expect(wet.stand(water)).toBe(true)
  const houses = tile('a', [
    [10, 10],
    [45, 45],
    [200, 10],
    [94, 10],
    [96, 10],
  ])
  expect(wet.look([houses])).toBe(true)
  expect([0, 1, 2, 3, 4].map((row) => wet.isWet(house('a', row)))).toEqual([true, false, false, true, false])
  expect(wet.isWet(house('b', 0))).toBe(false)
  expect(wet.isWet(undefined)).toBe(false)
})

it('looks through a tile once for an extent, and anew when the water has moved', () => {
  const wet = new WetBuildings()
  wet.stand(water)
  const houses = tile('a', [[10, 10]])
  expect([wet.look([houses]), wet.look([houses])]).toEqual([true, false])
  expect(wet.stand(water)).toBe(false)
  expect(wet.stand({ polygons: [[square(500, 0, 50)]], forecast: true })).toBe(true)
  expect(wet.isWet(house('a', 0))).toBe(false)
  expect([wet.look([houses]), wet.look([tile('b', [[510, 10]])])]).toEqual([false, true])
})

it('looks at no tile while there is no water', () => {
  const wet = new WetBuildings()
  const read = vi.fn(() => tile('a', [[10, 10]]).geometry)
  const houses = Object.defineProperty({ url: 'a' }, 'geometry', { get: read }) as ReturnType<typeof tile>
  expect(wet.look([houses])).toBe(false)
  wet.stand(water)
  wet.stand(undefined)
  expect(wet.look([houses])).toBe(false)
  expect(read).not.toHaveBeenCalled()
})

it('leaves what belongs to no house aside', () => {
  const wet = new WetBuildings()
  wet.stand(water)
  expect(wet.look([tile('a', [[10, 10]], [NAMELESS_ROW])])).toBe(false)
})
