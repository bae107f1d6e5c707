import { describe, expect, it } from 'vitest'
import type { Geometry } from '../../domain/map-feature.ts'
import { anchorOf, centroid, featureKey, type Metres, pathsOf, polygonsOf } from './feature-shape.ts'

const plane = (east: number, north: number, up = 0): Metres => [east, north, up]
const square = (west: number, side: number): [number, number][] => [
  [west, 0],
  [west + side, 0],
  [west + side, side],
  [west, side],
  [west, 0],
]

it('names a feature by its collection', () => {
  expect(featureKey('shelters', { id: 'a' })).toBe('shelters/a')
})

describe('geometry in metres', () => {
  it('takes polygons from areas only, holes with them', () => {
    const holed: Geometry = { type: 'Polygon', coordinates: [square(0, 10), square(2, 2)] }
    expect(polygonsOf(holed, plane).map((rings) => rings.length)).toEqual([2])
    const two: Geometry = { type: 'MultiPolygon', coordinates: [[square(0, 1)], [square(5, 1)]] }
    expect(polygonsOf(two, plane)).toHaveLength(2)
    expect(polygonsOf({ type: 'Point', coordinates: [1, 2] }, plane)).toEqual([])
  })

  it('gives a line the height it says, else the one it is told', () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0, -3],
        [1, 0],
      ],
    }
    expect(pathsOf(line, plane, -1)).toEqual([
      [
        [0, 0, -3],
        [1, 0, -1],
      ],
    ])
  })
})

describe('where a label stands', () => {
  it('is the point, the middle of the longest line, the centre of the largest area', () => {
    expect(anchorOf({ type: 'Point', coordinates: [3, 4] }, plane)).toEqual([3, 4, 0])
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 0],
        [6, 0],
      ],
    }
    expect(anchorOf(line, plane)).toEqual([3, 0, 0])
    const two: Geometry = { type: 'MultiPolygon', coordinates: [[square(0, 1)], [square(10, 4)]] }
    expect(anchorOf(two, plane)).toEqual([12, 2, 0])
  })

  it('stays exact far from the origin, and finds a middle without area', () => {
    const far = square(4e6, 2).map(([east, north]): Metres => [east, north, 0])
    expect(centroid(far)[0]).toBeCloseTo(4e6 + 1, 6)
    expect(
      centroid([
        [0, 0, 0],
        [2, 0, 0],
        [0, 0, 0],
      ])[1],
    ).toBe(0)
  })

  it.each<Geometry>([
    { type: 'MultiLineString', coordinates: [] },
    { type: 'LineString', coordinates: [] },
    { type: 'Polygon', coordinates: [] },
    { type: 'Polygon', coordinates: [[]] },
    { type: 'MultiPolygon', coordinates: [] },
    { type: 'MultiPolygon', coordinates: [[]] },
    { type: 'MultiPolygon', coordinates: [[[]]] },
  ])('is nowhere for nothing: %j', (geometry) => {
    expect(anchorOf(geometry, plane)).toEqual([NaN, NaN, NaN])
    expect(polygonsOf(geometry, plane).flat(2)).toEqual([])
    expect(pathsOf(geometry, plane).flat()).toEqual([])
  })
})
