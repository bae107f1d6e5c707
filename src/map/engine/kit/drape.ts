import type { EnuMetres } from '../../../contracts/map-layer.ts'

/** ENU up of the relief; undefined where there is none, and everything stays as it is. */
export type ReliefUp = (east: number, north: number) => number | undefined

/** Metres by which a drawn shape may leave the relief; large shapes may more, or a district were a million triangles. */
export const LEAST_ERROR = 1
const MOST_ERROR = 10
const ERROR_PER_METRE = 1 / 8000
/** An edge is looked at in eight places; between them the ground may leave it by so many times what was looked for. */
export const SAMPLED = 2
/** Metres of an edge that is never cut, and of one that always is: crests lie between. */
const SHORTEST = 30
const LONGEST = 1500
const LONGEST_SHARE = 1 / 40
/** Metres above the ground from which something flies and keeps its own way. */
const LYING = 1

/** Looks along edges whether the ground leaves them. */
export class Drape {
  readonly error: number
  private readonly up: ReliefUp
  private readonly longest: number

  /** @param extent metres of the whole shape */
  constructor(up: ReliefUp, extent: number) {
    this.up = up
    this.error = Math.min(MOST_ERROR, Math.max(LEAST_ERROR, extent * ERROR_PER_METRE))
    this.longest = Math.max(LONGEST, extent * LONGEST_SHARE)
  }

  /** The middle of an edge on the ground, or as far below it as the ends are; undefined when the edge may stay whole. */
  cut(a: EnuMetres, b: EnuMetres): EnuMetres | undefined {
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (length < SHORTEST) return undefined
    const [over, beyond] = [this.above(a), this.above(b)]
    if (over === undefined || beyond === undefined || over > LYING || beyond > LYING) return undefined
    const at = (share: number): EnuMetres => {
      const [x, y] = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
      const straight = a[2] + (b[2] - a[2]) * share
      const ground = this.up(x, y)
      return [x, y, ground === undefined ? straight : ground + over + (beyond - over) * share]
    }
    const steps = Math.min(8, Math.ceil(length / SHORTEST))
    for (let step = 1; step < steps && length <= this.longest; step++) {
      const share = step / steps
      if (Math.abs(at(share)[2] - (a[2] + (b[2] - a[2]) * share)) > this.error) return at(0.5)
    }
    return length > this.longest ? at(0.5) : undefined
  }

  private above([x, y, z]: EnuMetres): number | undefined {
    const ground = this.up(x, y)
    return ground === undefined ? undefined : z - ground
  }
}

/** Metres from one side of a shape to the other. */
export function extentOf(points: readonly EnuMetres[]): number {
  const [low, high] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ]
  for (const at of points)
    for (const axis of [0, 1] as const) {
      low[axis] = Math.min(low[axis]!, at[axis])
      high[axis] = Math.max(high[axis]!, at[axis])
    }
  return points.length === 0 ? 0 : Math.max(high[0]! - low[0]!, high[1]! - low[1]!)
}

/** A path that lies on the ground between its corners too, with the time at each new position. */
export function drapedPath(
  path: readonly EnuMetres[],
  up: ReliefUp,
  times?: readonly number[],
): { path: EnuMetres[]; times?: number[] } {
  // A line is a few hundred corners at most: it can afford to be exact.
  const drape = new Drape(up, 0)
  const draped: { path: EnuMetres[]; times: number[] } = { path: [], times: [] }
  const reach = (a: EnuMetres, b: EnuMetres, early: number, late: number): void => {
    const middle = drape.cut(a, b)
    if (middle) {
      reach(a, middle, early, (early + late) / 2)
      reach(middle, b, (early + late) / 2, late)
    } else {
      draped.path.push(b)
      draped.times.push(late)
    }
  }
  path.forEach((at, index) => {
    const time = times?.[index] ?? 0
    if (index > 0) reach(path[index - 1]!, at, times?.[index - 1] ?? 0, time)
    else {
      draped.path.push(at)
      draped.times.push(time)
    }
  })
  return times ? draped : { path: draped.path }
}

/**
 * Cuts triangles until their edges lie on the ground. Whether an edge is cut depends on its ends alone, so neighbours
 * agree and no crack opens between them.
 * @param points grows by the new corners @returns the corners of all triangles
 */
export function drapedTriangles(
  points: EnuMetres[],
  corners: readonly number[],
  up: ReliefUp,
): { corners: number[]; error: number } {
  const drape = new Drape(up, extentOf(points))
  const middles = new Map<number, number | undefined>()
  const middleOf = (a: number, b: number): number | undefined => {
    const [low, high] = a < b ? [a, b] : [b, a]
    const key = low * 2 ** 26 + high
    if (middles.has(key)) return middles.get(key)
    const middle = drape.cut(points[low]!, points[high]!)
    const index = middle && points.push(middle) - 1
    middles.set(key, index)
    return index
  }
  const done: number[] = []
  const open: [number, number, number][] = []
  for (let at = 0; at < corners.length; at += 3) open.push([corners[at]!, corners[at + 1]!, corners[at + 2]!])
  for (let next = open.pop(); next; next = open.pop()) {
    const parts = cutTriangle(next, middleOf)
    if (parts) open.push(...parts)
    else done.push(...next)
  }
  return { corners: done, error: drape.error * SAMPLED }
}

type Triangle = [number, number, number]

/** Two, three or four parts, by how many of its edges are cut. */
function cutTriangle(
  [a, b, c]: Triangle,
  middleOf: (a: number, b: number) => number | undefined,
): Triangle[] | undefined {
  const [ab, bc, ca] = [middleOf(a, b), middleOf(b, c), middleOf(c, a)]
  if (ab !== undefined && bc !== undefined && ca !== undefined)
    return [
      [a, ab, ca],
      [ab, b, bc],
      [ca, bc, c],
      [ab, bc, ca],
    ]
  // Turned until the first edge is cut and the last is not.
  if (ab === undefined && bc === undefined && ca === undefined) return undefined
  if (ab === undefined || ca !== undefined) {
    const turned = cutTriangle([b, c, a], middleOf)
    return turned
  }
  return bc === undefined
    ? [
        [a, ab, c],
        [ab, b, c],
      ]
    : [
        [a, ab, c],
        [ab, b, bc],
        [ab, bc, c],
      ]
}
