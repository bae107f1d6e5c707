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
