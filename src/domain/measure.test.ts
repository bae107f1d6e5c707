import { describe, expect, it } from 'vitest'
import { geodesicArea, geodesicDistance, type LonLat, pathLength } from './measure.ts'

// Expected values by GeographicLib (Karney, Algorithms for geodesics, 2013), version 2 for JavaScript.
const distances: [LonLat, LonLat, number][] = [
  [[125.3235, 43.8171], [125.3245, 43.8171], 80.452_172_165_9],
  [[125, 43], [126, 44.5], 185_098.573_206_186],
  [[116.3913, 39.9075], [121.4737, 31.2304], 1_066_799.076_685_5],
  [[0, 0], [0, 1], 110_574.388_557_799],
  [[0, 0], [1, 0], 111_319.490_793_274],
]
const areas: [LonLat[], number][] = [
  [
    [
      [125.32, 43.81],
      [125.33, 43.81],
      [125.33, 43.82],
      [125.32, 43.82],
    ],
    893_924.391_867,
  ],
  [
    [
      [125.3, 43.8],
      [125.301, 43.8],
      [125.3005, 43.8009],
    ],
    4_023.651_384,
  ],
  [
    [
      [125.3, 43.8],
      [125.35, 43.78],
      [125.4, 43.9],
      [125.33, 43.85],
      [125.28, 43.88],
    ],
    55_390_168.067,
  ],
]

describe('measuring on the ellipsoid', () => {
  it.each(distances)('measures from %j to %j within a millimetre', (from, to, metres) => {
    expect(Math.abs(geodesicDistance(from, to) - metres)).toBeLessThan(0.001)
    expect(geodesicDistance(to, from)).toBeCloseTo(geodesicDistance(from, to), 6)
  })

  it('says nothing of a way from a point to itself', () => {
    expect(geodesicDistance([125, 43], [125, 43])).toBe(0)
  })

  it('adds up a path and has no length for a single point', () => {
    const path: LonLat[] = [
      [125, 43],
      [125.01, 43],
      [125.01, 43.02],
    ]
    expect(pathLength(path)).toBe(geodesicDistance(path[0]!, path[1]!) + geodesicDistance(path[1]!, path[2]!))
    expect(pathLength([[125, 43]])).toBe(0)
  })

  it.each(areas)(
    'measures the area of %j to a millionth, in either direction, closed or not',
    (ring, area) => {
      for (const way of [ring, ring.toReversed(), [...ring, ring[0]!]])
        expect(Math.abs(geodesicArea(way) / area - 1)).toBeLessThan(1e-6)
    },
  )

  it('throws where points are nearly opposite', () => {
    expect(() => geodesicDistance([0, 0], [179.9, 0.1])).toThrow(RangeError)
  })
})
