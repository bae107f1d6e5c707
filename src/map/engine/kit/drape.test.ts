import { expect, it } from 'vitest'
import type { EnuMetres } from '../../../contracts/map-layer.ts'
import { LEAST_ERROR, SAMPLED, drapedPath, drapedTriangles } from './drape.ts'
import { flatGeometry } from './area-geometry.ts'
import { ribbonGeometry } from './ribbon-geometry.ts'

/** A ridge 200 m high along the north, 600 m across. */
const ridge = (east: number): number => Math.max(0, 200 - Math.abs(east) * (200 / 300))

it('lays a path over a ridge within what it says, with the times between', () => {
  const { path, times } = drapedPath(
    [
      [-1000, 0, 0],
      [1000, 0, 0],
    ],
    ridge,
    [0, 100],
  )
  for (let step = 1; step < path.length; step++) {
    const [a, b] = [path[step - 1]!, path[step]!]
    for (const share of [0.25, 0.5, 0.75]) {
      const east = a[0] + (b[0] - a[0]) * share
      // Edges of 30 m and less stay whole, so a crest may be cut off by what 15 m of slope rise.
      expect(Math.abs(a[2] + (b[2] - a[2]) * share - ridge(east))).toBeLessThan(
        Math.abs(east) < 40 ? 10.5 : LEAST_ERROR * SAMPLED,
      )
    }
  }
  expect(times![0]).toBe(0)
  path.forEach(([east], index) => expect(times![index]).toBeCloseTo((east + 1000) / 20, 6))
})

it('keeps what lies below the ground as far below it, and lets what flies fly straight', () => {
  const buried = drapedPath(
    [
      [-1000, 0, -3],
      [1000, 0, -3],
    ],
    ridge,
  ).path
  expect(buried.length).toBeGreaterThan(4)
  for (const [east, , up] of buried) expect(up).toBeCloseTo(ridge(east) - 3, 6)
  const flying: EnuMetres[] = [
    [-1000, 0, 120],
    [1000, 0, 120],
  ]
  expect(drapedPath(flying, ridge).path).toEqual(flying)
})

it('leaves everything where it is off the relief', () => {
  const path: EnuMetres[] = [
    [0, 0, 0],
    [900, 0, 7],
  ]
  expect(drapedPath(path, () => undefined).path).toEqual(path)
})

it('cuts triangles that share edges into ones that still share them, all corners on the ground', () => {
  const points: EnuMetres[] = [
    [-800, -300, 0],
    [700, -500, 0],
    [900, 600, 0],
    [-600, 500, 0],
  ]
  const { corners } = drapedTriangles(points, [0, 1, 2, 0, 2, 3], ridge)
  for (const [east, , up] of points) expect(up).toBeCloseTo(ridge(east), 6)
  const uses = new Map<string, number>()
  let area = 0
  for (let at = 0; at < corners.length; at += 3) {
    const [a, b, c] = [corners[at]!, corners[at + 1]!, corners[at + 2]!]
    for (const [from, to] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const) {
      const key = from < to ? `${from},${to}` : `${to},${from}`
      uses.set(key, (uses.get(key) ?? 0) + 1)
    }
    const [p, q, r] = [points[a]!, points[b]!, points[c]!]
    area += Math.abs((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])) / 2
  }
  expect(Math.max(...uses.values())).toBe(2)
  // An edge with one triangle lies on the outline: were there a crack inside, its two sides would have one each.
  const border = [...uses].filter(([, count]) => count === 1)
  for (const [key] of border) {
    const ends = key.split(',').map((index) => points[Number(index)]!)
    const outline: EnuMetres[] = points.slice(0, 4)
    const onSide = outline.some((from, side) => {
      const to = outline[(side + 1) % 4]!
      return ends.every(
        (at) =>
          Math.abs((to[0] - from[0]) * (at[1] - from[1]) - (to[1] - from[1]) * (at[0] - from[0])) < 1e-3,
      )
    })
    expect(onSide).toBe(true)
  }
  expect(area).toBeCloseTo(1_435_000, -2)
})

it('says how far a drawn shape may leave the relief, and nothing where there is none', () => {
  const areas = [
    {
      polygon: [
        [
          [0, 0, 0],
          [100, 0, 0],
          [0, 100, 0],
        ] as EnuMetres[],
      ],
      fill: [1, 2, 3, 255] as const,
      height: 0,
      row: undefined,
    },
  ]
  expect(flatGeometry(areas).error).toBeUndefined()
  expect(flatGeometry(areas, ridge).error).toBe(2)
  expect(ribbonGeometry([], ridge).error).toBe(2)
})
