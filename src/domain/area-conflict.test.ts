import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaConflicts, overlapArea } from './area-conflict.ts'
import type { MapFeature } from './map-feature.ts'
import { geodesicArea } from './measure.ts'

type Ring = [number, number][]
/** Degrees of one metre at this place. */
const [metreEast, metreNorth] = [1 / 80_455, 1 / 111_100]
const at = (x: number, y: number): [number, number] => [125.3 + x * metreEast, 43.8 + y * metreNorth]
const box = (west: number, south: number, east: number, north: number): Ring => [
  at(west, south),
  at(east, south),
  at(east, north),
  at(west, north),
  at(west, south),
]
const feature = (id: string, ...rings: Ring[]): MapFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Polygon', coordinates: rings },
  properties: {},
})

describe('the conflict of a project with protected areas', () => {
  const redLine = feature('red-line', box(0, 0, 1000, 1000))

  it('finds an overlap of a square metre, once, and not one of less', () => {
    expect(areaConflicts([feature('in', box(-100, 500, 1.05, 501))], [redLine])).toEqual([
      { project: 'in', area: 'red-line', squareMetres: expect.closeTo(1.05, 1) },
    ])
    expect(areaConflicts([feature('less', box(-100, 500, 0.9, 501))], [redLine])).toEqual([])
  })

  it('finds nothing where two only touch: by a side, by a part of one, by a corner', () => {
    const neighbours = [box(-500, 0, 0, 1000), box(-300, 200, 0, 700), box(1000, 1000, 1200, 1200)]
    expect(
      areaConflicts(
        neighbours.map((ring, index) => feature(`n${index}`, ring)),
        [redLine],
      ),
    ).toEqual([])
  })

  it('finds nothing along a border of 20 km that only one of the two has a corner on', () => {
    const [south, north] = [at(0, 0), at(12_000, 16_000)]
    const middle: [number, number] = [(south[0] + north[0]) / 2, (south[1] + north[1]) / 2]
    const west = feature('west', [south, middle, north, at(-5000, 16_000), south])
    const east = feature('east', [south, north, at(20_000, 0), south])
    expect(areaConflicts([west], [east])).toEqual([])
  })

  it('counts neither a hole nor what lies in it', () => {
    const ring = feature('ring', box(0, 0, 1000, 1000), box(200, 200, 800, 800))
    expect(areaConflicts([feature('island', box(200, 200, 800, 800))], [ring])).toEqual([])
    const [found] = areaConflicts([feature('over', box(100, 400, 900, 500))], [ring])
    expect(found!.squareMetres / 20_000).toBeCloseTo(1, 2)
  })

  it('raises one finding for a pair whose parts overlap in several places', () => {
    const comb: MapFeature = {
      ...feature('comb'),
      geometry: {
        type: 'MultiPolygon',
        coordinates: [[box(-50, 100, 50, 200)], [box(-50, 300, 50, 400)]],
      },
    }
    const found = areaConflicts([comb], [redLine])
    expect(found).toHaveLength(1)
    expect(found[0]!.squareMetres / 10_000).toBeCloseTo(1, 2)
  })

  it('has no area for a line or a point', () => {
    const point: MapFeature = { ...redLine, id: 'p', geometry: { type: 'Point', coordinates: [125.3, 43.8] } }
    expect(areaConflicts([point], [redLine])).toEqual([])
  })

  it('gives a concave ring with itself its own area, as the ellipsoid has it', () => {
    const star: Ring = [
      at(0, 0),
      at(400, 100),
      at(900, 0),
      at(500, 300),
      at(700, 900),
      at(350, 420),
      at(0, 0),
    ]
    expect(overlapArea([[star]], [[star]]) / geodesicArea(star)).toBeCloseTo(1, 4)
  })

  it('is the same either way round and never larger than the smaller', () => {
    const corner = fc.integer({ min: -300, max: 300 })
    fc.assert(
      fc.property(fc.array(fc.tuple(corner, corner), { minLength: 6, maxLength: 6 }), (points) => {
        const [a, b] = [points.slice(0, 3), points.slice(3)].map((three) => [three.map(([x, y]) => at(x, y))])
        const overlap = overlapArea([a!], [b!])
        const smaller = Math.min(overlapArea([a!], [a!]), overlapArea([b!], [b!]))
        expect(overlap).toBeLessThanOrEqual(smaller + 0.01)
        expect(Math.abs(overlap - overlapArea([b!], [a!]))).toBeLessThan(0.01)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})
