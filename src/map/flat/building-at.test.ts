import { expect, it } from 'vitest'
import type { VectorCollection } from '../../domain/basemap.ts'
import { HOUSES_GONE, buildingAt } from './building-at.ts'

const square = (west: number, south: number, side: number): [number, number][] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
]
const layer = (id: string, shows: 'buildings' | 'green', ...rings: [string, [number, number][][]][]) => ({
  id,
  shows,
  collection: {
    type: 'FeatureCollection',
    features: rings.map(([own, polygon]) => ({
      type: 'Feature',
      id: own,
      properties: { name: own },
      geometry: { type: 'MultiPolygon', coordinates: [polygon] },
    })),
  } satisfies VectorCollection,
})
const layers = [
  layer('green', 'green', ['park', [square(0, 0, 10)]]),
  layer('houses', 'buildings', ['a', [square(0, 0, 2)]], ['court', [square(4, 0, 3), square(5, 1, 1)]]),
  layer('towers', 'buildings', ['t', [square(1, 1, 2)]]),
]

it('finds the building a place lies in, not one around a court, and nothing where only a park is', () => {
  expect(buildingAt(layers, [0.5, 0.5], 2)).toEqual({ feature: 'houses/a', building: { name: 'a' } })
  expect(buildingAt(layers, [4.5, 0.5], 2)?.feature).toBe('houses/court')
  expect(buildingAt(layers, [5.5, 1.5], 2)).toBeUndefined()
  expect(buildingAt(layers, [9, 9], 2)).toBeUndefined()
})

it('takes of two that overlap the one drawn on top', () => {
  expect(buildingAt(layers, [1.5, 1.5], 2)?.feature).toBe('towers/t')
})

it('finds none from so far that none is drawn', () => {
  expect(buildingAt(layers, [0.5, 0.5], HOUSES_GONE)).toBeUndefined()
})
