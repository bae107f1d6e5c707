import { expect, it } from 'vitest'
import type { RegionCollection } from '../domain/basemap.ts'
import { regionShapes } from './region-shapes.ts'

const collection: RegionCollection = {
  type: 'FeatureCollection',
  features: ['220102', '220999'].map((code) => ({
    properties: { code, name: code, anchor: [1, 2] },
    geometry: {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
    },
  })),
}

it('projects the units the catalogue knows and leaves out the others', () => {
  const regions = new Map([['220102', { code: '220102', name: { zh: '南关区' }, level: 'county' as const }]])
  const shapes = regionShapes(collection, regions, (longitude, latitude) => [
    longitude * 1000,
    latitude * 1000,
    0,
  ])
  expect(shapes).toHaveLength(1)
  expect(shapes[0]).toMatchObject({ anchor: [1000, 2000, 0], region: { name: { zh: '南关区' } } })
  expect(shapes[0]!.polygons[0]![0]![2]).toEqual([1000, 1000, 0])
})
