import { describe, expect, it } from 'vitest'
import { centerOf, positionsOf } from './place-center.ts'

const square: [number, number][] = [
  [0, 0],
  [4, 0],
  [4, 2],
  [0, 2],
  [0, 0],
]

describe('where a thing is', () => {
  it('is a point itself, the middle of an area’s box, a position of a line', () => {
    expect(centerOf({ type: 'Point', coordinates: [125.3, 43.8, 210] })).toEqual([125.3, 43.8])
    expect(centerOf({ type: 'Polygon', coordinates: [square] })).toEqual([2, 1])
    expect(
      centerOf({
        type: 'MultiPolygon',
        coordinates: [
          [square],
          [
            [
              [8, 2],
              [8, 4],
              [6, 4],
              [8, 2],
            ],
          ],
        ],
      }),
    ).toEqual([4, 2])
    expect(
      centerOf({
        type: 'LineString',
        coordinates: [
          [0, 0],
          [9, 0],
          [9, 9],
        ],
      }),
    ).toEqual([9, 0])
    expect(
      centerOf({
        type: 'MultiLineString',
        coordinates: [
          [
            [0, 0],
            [2, 0],
          ],
          [
            [0, 4],
            [2, 4],
          ],
        ],
      }),
    ).toEqual([1, 2])
  })

  it('counts every position once', () => {
    expect(positionsOf({ type: 'MultiPolygon', coordinates: [[square], [square]] })).toHaveLength(10)
  })
})
