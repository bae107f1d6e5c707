import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { countyPoints } from '../county-points.ts'
import { countyOutlines } from './county-outlines.ts'
import { cityBox, countyAt, countyHolds, ringHolds, shareInCity } from './county-shape.ts'
import { dissolve } from './dissolve.ts'
import type { LonLat } from './plane.ts'

interface Units {
  features: { properties: { code: string }; geometry: { coordinates: LonLat[][][] } }[]
}
const file = new URL('../../../public/basemap/changchun/regions.geojson', import.meta.url)
const units = (JSON.parse(readFileSync(file, 'utf8')) as Units).features

function squareDegrees(ring: readonly (readonly number[])[]): number {
  const twice = ring.reduce((sum, [x, y], index) => {
    const next = ring[(index + 1) % ring.length]!
    return sum + x! * next[1]! - next[0]! * y!
  }, 0)
  return Math.abs(twice / 2)
}

describe('county outlines', () => {
  it('are those of the base map to a ten-thousandth of a degree, corner by corner', () => {
    expect([...countyOutlines.keys()].toSorted()).toEqual(
      units.map(({ properties }) => properties.code).toSorted(),
    )
    for (const { properties, geometry } of units) {
      const ring = geometry.coordinates[0]![0]!
      const outline = countyOutlines.get(properties.code)!
      expect(outline).toHaveLength(ring.length - 1)
      for (const [index, [x, y]] of outline.entries()) {
        expect(Math.abs(x - ring[index]![0])).toBeLessThan(0.000051)
        expect(Math.abs(y - ring[index]![1])).toBeLessThan(0.000051)
      }
    }
  })

  it('hold the seat of their unit and no other', () => {
    for (const [code, seat] of Object.entries(countyPoints)) {
      expect(countyAt(seat)).toBe(code)
      expect([...countyOutlines.keys()].filter((other) => countyHolds(other, seat))).toEqual([code])
    }
    expect(countyAt([cityBox.west, cityBox.north])).toBeUndefined()
  })

  it('cut a way where it leaves the city', () => {
    expect(shareInCity([125.32, 43.88], [125.4, 43.9])).toBe(1)
    const cut = shareInCity([125.32, 43.88], [129, 43.88])
    expect(cut).toBeGreaterThan(0)
    expect(cut).toBeLessThan(0.5)
  })
})

describe('the union of county units', () => {
  const areaOf = (codes: readonly string[]) =>
    codes.reduce((sum, code) => sum + squareDegrees(countyOutlines.get(code)!), 0)

  it('of all is one ring with the area of all', () => {
    const codes = [...countyOutlines.keys()]
    const { type, coordinates } = dissolve(codes)
    expect(type).toBe('Polygon')
    expect(coordinates).toHaveLength(1)
    expect(squareDegrees((coordinates as number[][][])[0]!)).toBeCloseTo(areaOf(codes), 9)
  })

  it('of two that do not touch is two parts, of one that others enclose a hole', () => {
    expect(dissolve(['220184', '220182']).type).toBe('MultiPolygon')
    const pair = dissolve(['220102', '220112'])
    expect(pair.type).toBe('Polygon')
    expect(squareDegrees((pair.coordinates as number[][][])[0]!)).toBeCloseTo(areaOf(['220102', '220112']), 9)
  })

  it('closes its rings', () => {
    const { coordinates } = dissolve(['220106', '220112', '220113'])
    for (const [outer] of coordinates as number[][][][]) expect(outer!.at(-1)).toEqual(outer![0])
  })

  it('knows inside from outside', () => {
    const square: LonLat[] = [
      [0, 0],
      [0, 2],
      [2, 2],
      [2, 0],
    ]
    expect(ringHolds(square, [1, 1])).toBe(true)
    expect(ringHolds(square, [3, 1])).toBe(false)
  })
})
