import { describe, expect, it } from 'vitest'
import type { Rgba } from '../../../contracts/map-kit.ts'
import type { EnuMetres } from '../../../contracts/map-layer.ts'
import { flatGeometry, solidGeometry } from './area-geometry.ts'
import { bowPath } from './bow-path.ts'
import { NAMELESS_ROW, NO_ROW } from './kit-layer.ts'
import { ribbonGeometry } from './ribbon-geometry.ts'
import { areaParts, areaRibbons, lineParts } from './shape-parts.ts'
import { tripHead } from './trip-head.ts'
import { tubeGeometry } from './tube-geometry.ts'

const teal: Rgba = [92, 201, 181, 255]
const square: EnuMetres[] = [
  [0, 0, 0],
  [10, 0, 0],
  [10, 10, 0],
  [0, 10, 0],
]
const hole: EnuMetres[] = [
  [4, 4, 0],
  [6, 4, 0],
  [6, 6, 0],
  [4, 6, 0],
]

/** Square metres of all triangles, seen from above. */
function groundOf({ attributes, indices }: ReturnType<typeof flatGeometry>): number {
  const at = attributes['positions']!.value
  let sum = 0
  for (let corner = 0; corner < indices!.length; corner += 3) {
    const [a, b, c] = [indices![corner]! * 3, indices![corner + 1]! * 3, indices![corner + 2]! * 3]
    sum += Math.abs(
      ((at[b]! - at[a]!) * (at[c + 1]! - at[a + 1]!) - (at[c]! - at[a]!) * (at[b + 1]! - at[a + 1]!)) / 2,
    )
  }
  return sum
}

describe('areas', () => {
  it('fills the ring without its hole, and lets the pick go through what has no name', () => {
    const area = flatGeometry([{ polygon: [square, hole], fill: teal, height: 0, row: undefined }])
    expect(groundOf(area)).toBeCloseTo(96)
    expect(new Set(area.attributes['rows']!.value)).toEqual(new Set([NO_ROW]))
  })

  it('stands a solid on its ring: a roof at its height, a wall an edge, and stops the pick even without a name', () => {
    const solid = solidGeometry([{ polygon: [square], fill: teal, height: 30, row: undefined }])
    const heights = [...solid.attributes['positions']!.value].filter((_, at) => at % 3 === 2)
    expect(Math.max(...heights)).toBe(30)
    expect(Math.min(...heights)).toBe(0)
    expect(solid.indices!.length / 3).toBe(2 + 4 * 2)
    expect(new Set(solid.attributes['rows']!.value)).toEqual(new Set([NAMELESS_ROW]))
  })

  it('sorts items by how they are drawn and keeps each name with its row', () => {
    const items = [
      { polygons: [[square]], fill: teal, feature: 'a/1' },
      { polygons: [[square]], fill: teal, hatch: true },
      { polygons: [[square]], fill: teal, height: 5, feature: 'a/3' },
      { polygons: [[square]], edge: teal, feature: 'a/4' },
    ]
    const { plain, hatched, solid } = areaParts(items)
    expect([plain, hatched, solid].map((part) => part.map(({ row }) => row))).toEqual([[0], [undefined], [2]])
    const edges = areaRibbons(items)
    expect(edges.map(({ row, path }) => [row, path.length])).toEqual([[3, 5]])
  })
})

describe('lines', () => {
  const path: EnuMetres[] = [
    [0, 0, 0],
    [100, 0, 0],
    [100, 0, 0],
    [100, 50, 0],
  ]

  it('joins straight on with one pair a place, and counts a place told twice once', () => {
    const ribbon = ribbonGeometry([{ path, color: teal, width: 3, row: 7 }])
    expect(ribbon.attributes['rows']!.value).toHaveLength(3 * 2)
    expect(ribbon.indices).toHaveLength(2 * 6)
    const distances = [...ribbon.attributes['dashes']!.value].filter((_, at) => at % 3 === 2)
    expect(distances).toEqual([0, 0, 100, 100, 150, 150])
  })

  it('breaks the mitre where the path turns back, and draws nothing of a single place', () => {
    const back: EnuMetres[] = [
      [0, 0, 0],
      [100, 0, 0],
      [0, 10, 0],
    ]
    expect(
      ribbonGeometry([{ path: back, color: teal, width: 3, row: 0 }]).attributes['rows']!.value,
    ).toHaveLength(8)
    expect(ribbonGeometry([{ path: [[1, 2, 3]], color: teal, width: 3, row: 0 }]).indices).toHaveLength(0)
  })

  it('puts casings below all strokes and ticks above, and pipes among the tubes', () => {
    const { ribbons, tubes } = lineParts([
      {
        path,
        color: teal,
        width: 6,
        casing: { color: teal, width: 9 },
        ticks: { color: teal, every: 10, length: 5 },
      },
      { path, color: teal, width: 4 },
      { path, color: teal, width: 2, diameter: 1.2, feature: 'pipe/1' },
    ])
    expect(ribbons.map(({ width }) => width)).toEqual([9, 6, 4, 5])
    expect(tubes.map(({ diameter, row }) => [diameter, row])).toEqual([[1.2, 2]])
  })

  it('rounds a tube square to its path', () => {
    const tube = tubeGeometry([{ path, color: teal, diameter: 2, width: 1, row: 0 }])
    const normals = tube.attributes['normals']!.value
    for (let at = 0; at < normals.length; at += 3)
      expect(Math.hypot(normals[at]!, normals[at + 1]!, normals[at + 2]!)).toBeCloseTo(1, 5)
    // The first ring looks along the east: none of its spokes does.
    for (let at = 0; at < 8 * 3; at += 3) expect(normals[at]).toBeCloseTo(0, 6)
  })
})

describe('ways', () => {
  it('bows upright between its ends', () => {
    const bow = bowPath([0, 0, 0], [1000, 0, 0])
    expect(bow[0]).toEqual([0, 0, 0])
    expect(bow.at(-1)).toEqual([1000, 0, 0])
    expect(Math.max(...bow.map(([, , up]) => up))).toBeCloseTo(160)
  })

  it('finds who is on the way between two places told, and nobody before or after', () => {
    const way: EnuMetres[] = [
      [0, 0, 0],
      [100, 0, 0],
      [100, 200, 0],
    ]
    expect(tripHead(way, [1000, 2000, 3000], 2500)).toEqual([100, 100, 0])
    expect(tripHead(way, [1000, 2000, 3000], 1000)).toEqual([0, 0, 0])
    expect(tripHead(way, [1000, 2000, 3000], 999)).toBeUndefined()
    expect(tripHead(way, [1000, 2000, 3000], 3001)).toBeUndefined()
  })
})
