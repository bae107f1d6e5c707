import { describe, expect, it } from 'vitest'
import type { Ring } from '../regions/geojson.ts'
import { areaKm2 } from '../regions/ring-area.ts'
import { repairLines, repairPolygons } from './repair.ts'
import { touchesItself, turnOf } from './rings.ts'

const square: Ring = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
]
const mended = (ring: Ring) => {
  const result = repairPolygons([[ring]])
  if ('refused' in result) throw new Error(result.refused)
  return result
}

it('leaves a whole polygon alone', () => {
  expect(repairPolygons([[square]])).toEqual({ polygons: [[square]], repairs: [] })
})

it('turns rings: outer ones counter-clockwise, holes clockwise, and calls it no repair', () => {
  const hole: Ring = square.map(([x, y]) => [0.25 + x / 2, 0.25 + y / 2])
  const result = repairPolygons([[square.toReversed(), hole]])
  expect(result).toMatchObject({ repairs: [] })
  if ('refused' in result) throw new Error()
  expect(result.polygons[0]!.map((ring) => Math.sign(turnOf(ring)))).toEqual([1, -1])
})

it('closes rings and drops repeated and meaningless points', () => {
  const result = mended([
    [0, 0],
    [0, 0],
    [1, 0],
    [NaN, 4],
    [1, 1],
    [1, 1],
    [0, 1],
  ])
  expect(result.polygons).toEqual([[square]])
  expect(result.repairs).toEqual([
    'dropped points without a place',
    'dropped repeated points',
    'closed a ring',
  ])
})

it('parts a bow tie into its two triangles', () => {
  const result = mended([
    [0, 0],
    [1, 1],
    [1, 0],
    [0, 1],
    [0, 0],
  ])
  expect(result.repairs).toEqual(['parted a ring that touches itself'])
  expect(result.polygons).toHaveLength(2)
  expect(areaKm2(result.polygons) / areaKm2([[square]])).toBeCloseTo(0.5, 3)
})

it('parts a ring that touches itself in one point', () => {
  const result = mended([
    [0, 0],
    [2, 0],
    [2, 2],
    [1, 0],
    [0, 2],
    [0, 0],
  ])
  expect(result.polygons).toHaveLength(2)
  expect(result.polygons.flat().some(touchesItself)).toBe(false)
})

it('cuts off a spike that runs back over itself', () => {
  const result = mended([
    [0, 0],
    [1, 0],
    [1, 1],
    [1, 3],
    [1, 1],
    [0, 1],
    [0, 0],
  ])
  expect(areaKm2(result.polygons) / areaKm2([[square]])).toBeCloseTo(1, 3)
})

it('refuses what encloses nothing', () => {
  expect(
    repairPolygons([
      [
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    ]),
  ).toEqual({ refused: 'no ring of it encloses an area' })
  expect(
    repairPolygons([
      [
        [
          [0, 0],
          [1, 0],
          [2, 0],
          [0, 0],
        ],
      ],
    ]),
  ).toHaveProperty('refused')
})

it('finds no touch in a thousand-cornered star', () => {
  const star: Ring = Array.from({ length: 1000 }, (_, index) => {
    const [turn, reach] = [(index * Math.PI) / 500, index % 2 ? 1 : 0.6]
    return [Math.cos(turn) * reach, Math.sin(turn) * reach]
  })
  star.push(star[0]!)
  expect(touchesItself(star)).toBe(false)
  star.splice(500, 1, [0.99, 0.01])
  expect(touchesItself(star)).toBe(true)
})

it('mends lines', () => {
  expect(
    repairLines([
      [
        [0, 0],
        [0, 0],
        [1, 1],
      ],
      [[2, 2]],
    ]),
  ).toEqual({
    lines: [
      [
        [0, 0],
        [1, 1],
      ],
    ],
    repairs: ['dropped repeated points', 'dropped a line of less than two points'],
  })
})

describe('rings that disagree', () => {
  const at = (west: number, south: number, side: number): Ring =>
    square.map(([x, y]) => [west + x * side, south + y * side])
  const area = (polygons: Ring[][]) => areaKm2(polygons) / areaKm2([[square]])

  it.each([
    ['a hole outside its outer ring', [[square, at(2, 0, 0.5)]], 1, 'cut holes to their outer ring'],
    ['a hole across its outer ring', [[square, at(0.5, 0, 1)]], 0.5, 'cut holes to their outer ring'],
    [
      'holes that overlap',
      [[square, at(0.2, 0.2, 0.4), at(0.4, 0.2, 0.4)]],
      0.76,
      'cut holes to their outer ring',
    ],
    ['parts that overlap', [[square], [at(0.5, 0, 1)]], 1.5, 'joined parts that overlap'],
    ['a part in a part', [[square], [at(0.25, 0.25, 0.5)]], 1, 'joined parts that overlap'],
    ['the same part twice', [[square], [square]], 1, 'joined parts that overlap'],
  ] as [string, Ring[][], number, string][])('%s', (_, polygons, share, repair) => {
    const result = repairPolygons(polygons)
    if ('refused' in result) throw new Error(result.refused)
    expect(result.repairs).toEqual([repair])
    expect(area(result.polygons)).toBeCloseTo(share, 2)
  })

  it.each([
    ['an island in a hole', [[square, at(0.25, 0.25, 0.5)], [at(0.4, 0.4, 0.1)]]],
    ['parts side by side', [[square], [at(1, 0, 1)]]],
    ['a hole that touches its outer ring', [[square, [[0, 0.5], [0.5, 0.4], [0.5, 0.6], [0, 0.5]]]]], // prettier-ignore
  ] as [string, Ring[][]][])('but leaves %s alone', (_, polygons) => {
    const result = repairPolygons(polygons)
    if ('refused' in result) throw new Error(result.refused)
    expect(result.repairs).toEqual([])
    expect(result.polygons.map((rings) => rings.length)).toEqual(polygons.map((rings) => rings.length))
  })

  it('refuses an area that is all hole', () => {
    expect(repairPolygons([[at(0.25, 0.25, 0.5), square]])).toHaveProperty('refused')
  })
})
