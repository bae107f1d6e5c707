import { expect, it } from 'vitest'
import type { RegionCollection } from '../domain/basemap.ts'
import { dayAt, regionShapes } from './region-shapes.ts'

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

it('draws the units of the day the map stands at', () => {
  const [unit] = collection.features
  const since2020 = { ...unit!, properties: { ...unit!.properties, validFrom: '2020-06-19' } }
  const regions = new Map([['220102', { code: '220102', name: { zh: '南关区' }, level: 'county' as const }]])
  const drawn = (day?: string) =>
    regionShapes({ ...collection, features: [since2020] }, regions, () => [0, 0, 0], day)
  expect(drawn('2019-12-31')).toHaveLength(0)
  expect(drawn('2020-06-19')).toHaveLength(1)
  expect(drawn()).toHaveLength(1)
})

it("takes the day from the city's own clock", () => {
  expect(dayAt(Date.parse('2020-06-18T16:00:00Z'), 'Asia/Shanghai')).toBe('2020-06-19')
  expect(dayAt(Date.parse('2020-06-18T15:59:59Z'), 'Asia/Shanghai')).toBe('2020-06-18')
})
