import { describe, expect, it } from 'vitest'
import { isNear } from '../../sketch/plane.ts'
import { demoTown } from './demo-town.ts'
import { levelRings } from './level-ring.ts'
import { distance, type Metres } from './plane.ts'
import { cutsOf } from './street-cuts.ts'
import { streetNetwork } from './street-network.ts'
import { nearestNode, nearestStreet, stretchAbout } from './street-places.ts'
import { underpasses } from './street-sights.ts'
import { freeSpeeds, waysFrom, wayTo } from './street-ways.ts'
import { reachedFrom } from './travel-time.ts'

describe('the network of streets', () => {
  const { nodes, edges, edgesAt } = streetNetwork()

  it('cuts streets where they cross or end on one another, and parallel ones nowhere', () => {
    const lines: Metres[][] = [
      [
        [0, 0],
        [100, 0],
      ],
      [
        [20, -10],
        [20, 10],
      ],
      [
        [60, 0],
        [60, 50],
      ],
      [
        [0, 5],
        [100, 5],
      ],
    ]
    const cuts = cutsOf(lines).map((segments) => segments.flat().toSorted((a, b) => a - b))
    expect(cuts).toEqual([
      [0.2, 0.6],
      [0.5, 0.75],
      [0, 0.1],
      [0.2, 0.6],
    ])
  })

  it('has crossings of four ways, and all of it can be reached', () => {
    expect(edgesAt.filter((at) => at.length === 4).length).toBeGreaterThan(1_000)
    const { seconds } = waysFrom(nearestNode([0, 0]))
    for (const [node, at] of edgesAt.entries()) expect(Number.isFinite(seconds[node]!)).toBe(at.length > 0)
  })

  it('finds the nearest street, as looking at every one does', () => {
    for (const at of [
      [300, 420],
      [-6_120, 5_040],
      [31_000, -20_000],
    ] as Metres[]) {
      const far = edges.map(({ from, to }) => {
        const [a, b] = [nodes[from]!, nodes[to]!]
        const steps = Array.from({ length: 401 }, (_, step) => step / 400)
        return Math.min(
          ...steps.map((share) => distance(at, [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share])),
        )
      })
      expect(Math.abs(nearestStreet(at)!.farM - Math.min(...far))).toBeLessThan(2)
    }
    expect(nearestStreet([31_000, -20_000], 100)).toBeUndefined()
  })

  it('gives a stretch of the wanted length about a point', () => {
    const street = nearestStreet([1_020, 2_030])!
    const line = stretchAbout(street, 250)
    const length = line.slice(1).reduce((sum, at, index) => sum + distance(line[index]!, at), 0)
    expect(length).toBeCloseTo(500, 0)
    expect(line.some((at) => distance(at, street.point) < 0.1)).toBe(true)
  })
})

describe('quickest ways', () => {
  const { nodes, edges } = streetNetwork()
  const start = nearestNode([2_000, -1_000])
  const ways = waysFrom(start)

  it('are the quickest: no edge shortens any of them', () => {
    for (const { from, to, lengthM, road } of edges) {
      const cost = lengthM / freeSpeeds[road]
      expect(Math.abs(ways.seconds[from]! - ways.seconds[to]!)).toBeLessThanOrEqual(cost + 1e-9)
    }
  })

  it('lead corner by corner from the start to the goal in the time that is told', () => {
    const goal = nearestNode([-5_000, 7_000])
    const { points, speeds } = wayTo(waysFrom(start, goal), goal)
    expect([points[0], points.at(-1)]).toEqual([nodes[start], nodes[goal]])
    const time = speeds.reduce((sum, speed, leg) => sum + distance(points[leg]!, points[leg + 1]!) / speed, 0)
    expect(time).toBeCloseTo(ways.seconds[goal]!, 6)
  })

  it('fill a lattice: nowhere sooner than the fastest road allows, and on streets no later than by street', () => {
    const { lattice, start: by } = reachedFrom([3_000, 3_000])
    const { values, west, south, stepM, columns } = lattice
    for (const [at, time] of values.entries()) {
      const place: Metres = [west + (at % columns) * stepM, south + Math.floor(at / columns) * stepM]
      expect(distance(place, by) / freeSpeeds.motorway).toBeLessThan(time + 2 * stepM)
    }
    const { seconds } = waysFrom(nearestNode(by))
    const near = nodes.flatMap((place, node) =>
      seconds[node]! < 700 ? [{ place, time: seconds[node]! }] : [],
    )
    expect(near.length).toBeGreaterThan(300)
    for (const { place, time } of near) {
      const at = Math.floor((place[1] - south) / stepM) * columns + Math.floor((place[0] - west) / stepM)
      expect(values[at]).toBeLessThan(time + stepM)
    }
  })
})

describe('level rings', () => {
  const lattice = (rows: number[][]) => ({
    west: 0,
    south: 0,
    stepM: 10,
    columns: rows[0]!.length,
    rows: rows.length,
    values: Float64Array.from(rows.flat()),
  })

  it('go round the low ground, with it to their left', () => {
    const [ring, ...others] = levelRings(
      lattice([
        [9, 9, 9],
        [9, 1, 9],
        [9, 9, 9],
      ]),
      5,
    )
    expect(others).toEqual([])
    expect(new Set(ring!.map(String))).toEqual(new Set(['10,5', '10,15', '15,10', '5,10']))
    const twice = ring!.reduce((sum, [x, y], index) => {
      const next = ring![(index + 1) % ring!.length]!
      return sum + x * next[1] - next[0] * y
    }, 0)
    expect(twice).toBe(100)
  })

  it('keep low corners that face each other apart', () => {
    const rows = [
      [9, 9, 9, 9],
      [9, 1, 9, 9],
      [9, 9, 1, 9],
      [9, 9, 9, 9],
    ]
    expect(levelRings(lattice(rows), 5)).toHaveLength(2)
    expect(levelRings(lattice(rows), 0)).toEqual([])
  })
})

describe('sights of the streets', () => {
  it('are underpasses that keep their distance, each on a street and under the railway', () => {
    const { rails } = demoTown().routes
    expect(underpasses().length).toBeGreaterThan(18)
    for (const [index, { point }] of underpasses().entries()) {
      expect(nearestStreet(point)!.farM).toBeLessThan(0.1)
      expect(rails.some((rail) => isNear(rail, point, 0.1))).toBe(true)
      for (const { point: other } of underpasses().slice(0, index))
        expect(distance(other, point)).toBeGreaterThan(400)
    }
  })
})
