import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaConflicts, landTaken, overlapArea } from './area-conflict.ts'
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

  it('finds an overlap of one square metre, and nothing a hundredth below it', () => {
    const strip = (share: number) => box(-100, 500, 1, 500 + share)
    const exact = overlapArea([[box(0, 500, 1, 501)]], [[box(0, 500, 1, 501)]])
    const found = (share: number) => areaConflicts([feature('p', strip(share / exact))], [redLine])
    expect(found(1.0001).map(({ squareMetres }) => squareMetres)).toEqual([expect.closeTo(1, 3)])
    expect(found(0.99)).toEqual([])
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

  const parts = (id: string, ...rings: Ring[]): MapFeature => ({
    ...feature(id),
    geometry: { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) },
  })

  it('counts ground once that two parts of a thing cover, and never as outside', () => {
    const twice = parts('twice', box(100, 100, 200, 200), box(100, 100, 200, 200))
    expect(areaConflicts([twice], [redLine])[0]?.squareMetres).toBeCloseTo(10_000, -2)
    const shifted = parts('shifted', box(100, 100, 200, 200), box(150, 150, 250, 250))
    expect(areaConflicts([shifted], [redLine])[0]!.squareMetres / 17_500).toBeCloseTo(1, 3)
    const crossed = parts('crossed', box(100, 140, 200, 160), box(140, 100, 160, 200))
    expect(areaConflicts([crossed], [redLine])[0]!.squareMetres / 3_600).toBeCloseTo(1, 3)
    const slanted = [at(0, 0), at(60, 80), at(120, 0), at(0, 0)] satisfies Ring
    const inverse = [at(0, 60), at(60, -20), at(120, 60), at(0, 60)] satisfies Ring
    const both = overlapArea([[slanted]], [[slanted]]) + overlapArea([[inverse]], [[inverse]])
    const common = overlapArea([[slanted]], [[inverse]])
    expect(overlapArea([[slanted], [inverse]], [[box(-900, -900, 900, 900)]])).toBeCloseTo(both - common, 1)
  })

  it('tells the ground a project takes, once where several areas protect it', () => {
    const farmland = feature('farmland', box(0, 0, 1000, 100))
    const projects = [
      feature('on-both', box(10, 10, 20, 20)),
      feature('half-on-both', box(10, 50, 20, 150)),
      feature('on-one', box(10, 500, 20, 510)),
      feature('on-none', box(-500, -500, -400, -400)),
    ]
    const taken = landTaken(projects, [redLine, farmland])
    expect([...taken.keys()]).toEqual(['on-both', 'half-on-both', 'on-one'])
    const metres = [...taken.values()]
    expect(metres[0]! / 100).toBeCloseTo(1, 3)
    expect(metres[1]! / 1_000).toBeCloseTo(1, 3)
    expect(metres[2]! / 100).toBeCloseTo(1, 3)
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

  it('measures two outlines of ten thousand corners at once: two discs whose common lens is known', () => {
    const corners = 10_000
    const disc = (middle: number, radius: number): Ring =>
      Array.from({ length: corners + 1 }, (_, nth) => {
        const turn = ((nth % corners) / corners) * 2 * Math.PI
        return at(middle + radius * Math.cos(turn), radius * Math.sin(turn))
      })
    const [one, other] = [disc(0, 1000), disc(1000, 1000)]
    const began = performance.now()
    const lens = overlapArea([[one]], [[other]])
    expect(performance.now() - began).toBeLessThan(10_000)
    const whole = overlapArea([[one]], [[one]])
    expect(lens / whole).toBeCloseTo((2 * Math.PI) / 3 / Math.PI - Math.sqrt(3) / 2 / Math.PI, 4)
    expect(overlapArea([[one]], [[disc(2000.001, 1000)]])).toBe(0)
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
