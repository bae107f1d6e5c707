import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DugFeature, pipesInDig } from './dig-conflict.ts'
import type { LonLat } from './measure.ts'

const [metreEast, metreNorth] = [1 / 80_455, 1 / 111_100]
const at = (x: number, y: number): [number, number] => [125.3 + x * metreEast, 43.8 + y * metreNorth]
const dig: LonLat[] = [at(0, 0), at(40, 0), at(40, 40), at(0, 40)]
const pipe = (id: string, path: [number, number][], diameter = 0.4, depth = 2): DugFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'LineString', coordinates: path.map(([x, y]) => at(x, y)) },
  properties: { diameter, depth },
})
const met = (pipes: DugFeature[], ring = dig, depth?: number): string[] =>
  pipesInDig(ring, pipes, depth).map(({ pipe: { id } }) => id)

describe('the pipes a dig meets', () => {
  it('lists those that cross it, end in it or lie in it, and no others', () => {
    const pipes = [
      pipe('across', [
        [-50, 20],
        [90, 20],
      ]),
      pipe('ends', [
        [20, -50],
        [20, 10],
      ]),
      pipe('within', [
        [10, 10],
        [12, 14],
      ]),
      pipe('past', [
        [-50, 60],
        [90, 60],
      ]),
      pipe('around', [
        [-20, -20],
        [60, -20],
        [60, 60],
      ]),
    ]
    expect(met(pipes).sort()).toEqual(['across', 'ends', 'within'])
  })

  it('counts a pipe that touches an edge or a corner, or whose wall does', () => {
    expect(
      met([
        pipe(
          'edge',
          [
            [0, -30],
            [0, 80],
          ],
          0,
        ),
      ]),
    ).toEqual(['edge'])
    expect(
      met([
        pipe(
          'corner',
          [
            [30, 50],
            [50, 30],
          ],
          0,
        ),
      ]),
    ).toEqual(['corner'])
    expect(
      met([
        pipe(
          'wall',
          [
            [-50, 40.45],
            [90, 40.45],
          ],
          1,
        ),
      ]),
    ).toEqual(['wall'])
    expect(
      met([
        pipe(
          'clear',
          [
            [-50, 40.55],
            [90, 40.55],
          ],
          1,
        ),
      ]),
    ).toEqual([])
  })

  it('finds nothing between the arms of a concave dig', () => {
    const u: LonLat[] = [
      at(0, 0),
      at(60, 0),
      at(60, 60),
      at(40, 60),
      at(40, 20),
      at(20, 20),
      at(20, 60),
      at(0, 60),
    ]
    expect(
      met(
        [
          pipe('between', [
            [30, 30],
            [30, 90],
          ]),
        ],
        u,
      ),
    ).toEqual([])
    expect(
      met(
        [
          pipe('through', [
            [-10, 40],
            [70, 40],
          ]),
        ],
        u,
      ),
    ).toEqual(['through'])
    expect(
      pipesInDig(u, [
        pipe('through', [
          [-10, 40],
          [70, 40],
        ]),
      ])[0]!.metres,
    ).toBeCloseTo(40, 1)
  })

  it('measures how much of each lies inside: all of one within, nothing of one that touches', () => {
    expect(
      pipesInDig(dig, [
        pipe('across', [
          [-50, 20],
          [90, 20],
        ]),
      ])[0]!.metres,
    ).toBeCloseTo(40, 1)
    expect(
      pipesInDig(dig, [
        pipe(
          'corner',
          [
            [30, 50],
            [50, 30],
          ],
          0,
        ),
      ])[0]!.metres,
    ).toBeCloseTo(0, 3)
  })

  it('leaves out what lies deeper than the dig, by the top of the pipe, but never one of unknown depth', () => {
    const across: [number, number][] = [
      [-50, 20],
      [90, 20],
    ]
    const pipes = [pipe('shallow', across, 0.4, 1), pipe('top', across, 1, 3.4), pipe('deep', across, 0.4, 4)]
    expect(met(pipes, dig, 3)).toEqual(['shallow', 'top'])
    expect(met([{ ...pipe('unknown', across), properties: {} }], dig, 1)).toEqual(['unknown'])
  })

  /** West to east through the middle, falling from one metre to five. */
  const falling: DugFeature = {
    ...pipe('falling', [], 0, 5),
    geometry: {
      type: 'LineString',
      coordinates: [
        [...at(-60, 20), -1],
        [...at(100, 20), -5],
      ],
    },
  }

  it('meets a sloping pipe by its shallowest top within the dig, whatever depth it is told to have', () => {
    expect(pipesInDig(dig, [falling])[0]!.top).toBeCloseTo(2.5, 3)
    expect(met([falling], dig, 2.4)).toEqual([])
    expect(met([falling], dig, 2.6)).toEqual(['falling'])
    expect(met([{ ...falling, properties: { diameter: 0.4, depth: 5 } }], dig, 2.4)).toEqual(['falling'])
  })

  it('looks at a pipe where the dig is, not at its shallow end elsewhere', () => {
    const deepEnd: LonLat[] = [at(80, 0), at(99, 0), at(99, 40), at(80, 40)]
    expect(met([falling], deepEnd, 4.4)).toEqual([])
    expect(met([falling], deepEnd, 4.6)).toEqual(['falling'])
  })

  it('takes the depth told for a position without a height', () => {
    const half: DugFeature = {
      ...falling,
      geometry: { type: 'LineString', coordinates: [[...at(0, 20), -1], at(40, 20)] },
      properties: { diameter: 0, depth: 3 },
    }
    const east: LonLat[] = [at(20, 0), at(40, 0), at(40, 40), at(20, 40)]
    expect(pipesInDig(east, [half])[0]!.top).toBeCloseTo(2, 3)
  })

  it('agrees with walking along each pipe a step at a time', () => {
    const place = fc.tuple(fc.integer({ min: -80, max: 120 }), fc.integer({ min: -80, max: 120 }))
    const vertex = fc.tuple(
      place,
      fc.integer({ min: 5, max: 60 }).map((tenths) => tenths / 10),
    )
    const laid = fc.tuple(fc.array(vertex, { minLength: 2, maxLength: 4 }), fc.constantFrom(0.2, 1, 3))
    const corners: [number, number][] = [
      [0, 0],
      [60, 10],
      [50, 60],
      [30, 20],
      [5, 50],
    ]
    let [seen, missed] = [0, 0]
    fc.assert(
      fc.property(laid, fc.constantFrom(1, 2, 3, 5), ([path, diameter], limit) => {
        const walked = shallowestTop(path, diameter / 2, corners)
        // What ends within a hand's breadth of the bottom or of the edge cannot be settled by steps.
        if (Math.abs(walked.top - limit) < 0.2 || Math.abs(walked.clear) < 0.1) return
        const coordinates = path.map(([[x, y], down]): [number, number, number] => [...at(x, y), -down])
        const one: DugFeature = {
          ...pipe('one', [], diameter, 0),
          geometry: { type: 'LineString', coordinates },
        }
        const found = met(
          [one],
          corners.map(([x, y]) => at(x, y)),
          limit,
        )
        expect(found).toEqual(walked.top <= limit ? ['one'] : [])
        if (found.length > 0) seen++
        else missed++
      }),
      { seed: 66, numRuns: 150 },
    )
    expect(Math.min(seen, missed)).toBeGreaterThan(20)
  })

  it('lists the shallowest first', () => {
    const across: [number, number][] = [
      [-50, 20],
      [90, 20],
    ]
    expect(met([pipe('deep', across, 0.3, 5), pipe('shallow', across, 0.3, 1)])).toEqual(['shallow', 'deep'])
  })

  it('meets nothing while it has no area', () => {
    expect(
      met(
        [
          pipe('across', [
            [-50, 20],
            [90, 20],
          ]),
        ],
        dig.slice(0, 2),
      ),
    ).toEqual([])
  })
})

/**
 * By another way than the one tested: points every ten centimetres, inside by the angle the corners turn around them. `clear` is
 * how far the wall of the nearest one is from the ring, below 0 for one that reaches in; Infinity for a top that none has.
 */
function shallowestTop(
  path: readonly (readonly [readonly [number, number], number])[],
  radius: number,
  corners: readonly (readonly [number, number])[],
): { top: number; clear: number } {
  let [top, clear] = [Infinity, Infinity]
  path.slice(1).forEach(([[x2, y2], to], index) => {
    const [[x1, y1], from] = path[index]!
    const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 0.1) || 1
    for (let step = 0; step <= steps; step++) {
      const share = step / steps
      const place = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share] as const
      const away = turnsAround(place, corners) ? -radius : edgeDistance(place, corners) - radius
      clear = Math.min(clear, away)
      if (away <= 0) top = Math.min(top, from + (to - from) * share - radius)
    }
  })
  return { top, clear }
}

function turnsAround(
  place: readonly [number, number],
  corners: readonly (readonly [number, number])[],
): boolean {
  const bearings = corners.map(([x, y]) => Math.atan2(y - place[1], x - place[0]))
  const turn = bearings.reduce((sum, bearing, index) => {
    const next = bearings[(index + 1) % bearings.length]! - bearing
    return sum + Math.atan2(Math.sin(next), Math.cos(next))
  }, 0)
  return Math.abs(turn) > Math.PI
}

/** By Heron's formula: the height of the triangle over each side, or the nearer corner where its foot lies beyond. */
function edgeDistance(
  place: readonly [number, number],
  corners: readonly (readonly [number, number])[],
): number {
  const fromCorner = corners.map(([x, y]) => Math.hypot(x - place[0], y - place[1]))
  const fromSides = corners.map(([x, y], index) => {
    const next = (index + 1) % corners.length
    const [a, b] = [fromCorner[index]!, fromCorner[next]!]
    const side = Math.hypot(corners[next]![0] - x, corners[next]![1] - y)
    if (Math.abs(a * a - b * b) > side * side) return Math.min(a, b)
    const half = (a + b + side) / 2
    return (2 / side) * Math.sqrt(Math.max(0, half * (half - a) * (half - b) * (half - side)))
  })
  return Math.min(...fromSides)
}
