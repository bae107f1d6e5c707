import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clipCity } from './clip-city.ts'
import type { Polygons, RegionCollection, SourceFeature } from './geojson.ts'
import { clearanceOf, innerPoint } from './inner-point.ts'
import { areaKm2 } from './ring-area.ts'
import type { BasemapManifest } from '../../../src/domain/basemap.ts'

const folder = new URL('../../../public/basemap/changchun/', import.meta.url)
const text = readFileSync(new URL('regions.geojson', folder), 'utf8')
const regions = JSON.parse(text) as RegionCollection
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as BasemapManifest

function square(west: number, south: number, size: number): Polygons {
  const east = west + size
  const north = south + size
  return [
    [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  ]
}

describe('the built base map of 长春', () => {
  it('has the eleven county units, by six-digit code', () => {
    expect(regions.features.map(({ properties }) => properties.code)).toEqual([
      '220102',
      '220103',
      '220104',
      '220105',
      '220106',
      '220112',
      '220113',
      '220122',
      '220182',
      '220183',
      '220184',
    ])
  })

  it('covers 24,657 km² within half a percent', () => {
    const area = regions.features.reduce((sum, { geometry }) => sum + areaKm2(geometry.coordinates), 0)
    expect(Math.abs(area / 24_657 - 1)).toBeLessThan(0.005)
  })

  it('tiles exactly: every inner edge belongs to two units, the rest closes into rings', () => {
    const uses = new Map<string, number>()
    const ends = new Map<string, number>()
    for (const { geometry } of regions.features) {
      for (const ring of geometry.coordinates.flat()) {
        for (let index = 0; index + 1 < ring.length; index++) {
          const key = [String(ring[index]), String(ring[index + 1])].toSorted().join(' ')
          uses.set(key, (uses.get(key) ?? 0) + 1)
        }
      }
    }
    expect(Math.max(...uses.values())).toBe(2)
    for (const [key, count] of uses)
      if (count === 1) for (const end of key.split(' ')) ends.set(end, (ends.get(end) ?? 0) + 1)
    expect([...ends.values()].every((count) => count % 2 === 0)).toBe(true)
  })

  it('anchors every unit inside itself, the eleven at least 5 km apart', () => {
    const anchors = regions.features.map(({ properties }) => properties.anchor)
    for (const { geometry, properties } of regions.features) {
      expect(clearanceOf(geometry.coordinates, properties.anchor)).toBeGreaterThan(0)
    }
    const gaps = anchors.flatMap((a, index) =>
      anchors.slice(index + 1).map((b) => Math.hypot((a[0] - b[0]) * 80, (a[1] - b[1]) * 111)),
    )
    expect(Math.min(...gaps)).toBeGreaterThan(5)
  })

  it('is what its manifest says it is', () => {
    expect(manifest.layers[0]).toMatchObject({
      sha256: createHash('sha256').update(text).digest('hex'),
      features: 11,
      provenance: 'real',
      license: 'MIT',
      crs: 'EPSG:4490',
    })
    expect(manifest.mapApproval).toBeNull()
  })
})

describe('clipCity', () => {
  const feature = (gb: string): SourceFeature => ({
    properties: { gb, full_name: ' 甲区' },
    geometry: { type: 'Polygon', coordinates: square(125, 43, 1)[0]! },
  })

  it('takes the units of the city and drops boundary lines and neighbours', () => {
    const collection = {
      type: 'FeatureCollection' as const,
      features: [feature('156220203'), feature(''), feature('156220102')],
    }
    const clipped = clipCity(collection, '220100')
    expect(clipped.features.map(({ properties }) => [properties.code, properties.name])).toEqual([
      ['220102', '甲区'],
    ])
  })

  it('refuses a city that the source does not know', () => {
    expect(() => clipCity({ type: 'FeatureCollection', features: [] }, '999900')).toThrow('999900')
  })
})

describe('geometry', () => {
  it('measures one degree square on the equator as 12,364 km²', () => {
    expect(areaKm2(square(0, 0, 1))).toBeCloseTo(12_363.7, 0)
  })

  it('puts the inner point in the middle of a square and inside a hook', () => {
    const middle = innerPoint(square(0, 0, 1))
    expect(middle[0]).toBeCloseTo(0.5, 2)
    const hook: Polygons = [
      [
        [
          [0, 0],
          [4, 0],
          [4, 1],
          [1, 1],
          [1, 4],
          [0, 4],
          [0, 0],
        ],
      ],
    ]
    const [longitude, latitude] = innerPoint(hook)
    expect(longitude <= 1 || latitude <= 1).toBe(true)
  })
})
