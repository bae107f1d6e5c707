import { difference, union } from 'polyclip-ts'
import type { LonLat, Polygons, Ring } from '../regions/geojson.ts'
import { ringsMeet, turnOf } from './rings.ts'

export type PartRepair = 'cut holes to their outer ring' | 'joined parts that overlap'

/**
 * Makes the rings of an area agree (OGC 06-103r4 §6.1.11, §6.1.14): holes lie in their outer ring and apart from one another,
 * parts do not overlap. Rings that only touch are left as they are.
 * @throws when they cannot be cut
 */
export function wholeParts(polygons: Polygons): { polygons: Polygons; repairs: PartRepair[] } {
  const repairs: PartRepair[] = []
  const cut = polygons.flatMap((rings): Polygons => {
    if (rings.length === 1 || holesAreApart(rings)) return [rings]
    const [outer, ...holes] = rings as [Ring, ...Ring[]]
    const mended = difference([outer], ...holes.map((hole) => [hole]))
    if (isAbout(areaOf(mended), areaOf([rings]))) return [rings]
    repairs.push('cut holes to their outer ring')
    return mended
  })
  const [apart, close] = byOverlap(cut)
  if (close.length === 0) return { polygons: cut, repairs }
  const [first, ...others] = close.map((rings) => [rings]) as [Polygons, ...Polygons[]]
  const joined = union(first, ...others)
  if (isAbout(areaOf(joined), areaOf(close))) return { polygons: cut, repairs }
  return { polygons: [...apart, ...joined], repairs: [...repairs, 'joined parts that overlap'] }
}

/** What meets in a point may be in order still: only the areas tell. */
function holesAreApart([outer, ...holes]: readonly Ring[]): boolean {
  if (ringsMeet([outer!, ...holes])) return false
  return holes.every(
    (hole, index) =>
      holds(outer!, hole[0]!) && !holes.some((other, at) => at !== index && holds(other, hole[0]!)),
  )
}

/** Parts that no other part meets or holds, and those that one may. Boxes are swept from west to east. */
function byOverlap(polygons: Polygons): [apart: Polygons, close: Polygons] {
  const parts = polygons.map((rings, index) => ({ rings, index, box: boxOf(rings[0]!) }))
  const close = new Set<number>()
  let active: typeof parts = []
  for (const part of parts.toSorted((one, two) => one.box.low[0] - two.box.low[0])) {
    active = active.filter(({ box }) => box.high[0] >= part.box.low[0])
    for (const other of active)
      if (overlap(part.box, other.box) && !areApart(part.rings, other.rings)) {
        close.add(part.index)
        close.add(other.index)
      }
    active.push(part)
  }
  const of = (wanted: boolean) => polygons.filter((_, index) => close.has(index) === wanted)
  return [of(false), of(true)]
}

function areApart(one: readonly Ring[], two: readonly Ring[]): boolean {
  return !ringsMeet([...one, ...two]) && !isIn(one[0]!, two) && !isIn(two[0]!, one)
}

function isIn(ring: Ring, [outer, ...holes]: readonly Ring[]): boolean {
  return holds(outer!, ring[0]!) && !holes.some((hole) => holds(hole, ring[0]!))
}

/** Square degrees, holes taken off. */
function areaOf(polygons: Polygons): number {
  const size = (ring: Ring) => Math.abs(turnOf(ring)) / 2
  return polygons.reduce(
    (sum, [outer, ...holes]) => sum + size(outer!) - holes.reduce((all, hole) => all + size(hole), 0),
    0,
  )
}

/** To a billionth, or a square centimetre. */
function isAbout(one: number, two: number): boolean {
  return Math.abs(one - two) <= Math.max(1e-9 * Math.abs(two), 1e-14)
}

interface Box {
  low: LonLat
  high: LonLat
}

function boxOf(ring: Ring): Box {
  const box: Box = { low: [Infinity, Infinity], high: [-Infinity, -Infinity] }
  for (const [x, y] of ring) {
    box.low = [Math.min(box.low[0], x), Math.min(box.low[1], y)]
    box.high = [Math.max(box.high[0], x), Math.max(box.high[1], y)]
  }
  return box
}

function overlap(one: Box, two: Box): boolean {
  return ([0, 1] as const).every((axis) => one.low[axis] <= two.high[axis] && two.low[axis] <= one.high[axis])
}

/** Whether a point lies in a closed ring, by even and odd crossings. */
export function holds(ring: readonly (readonly number[])[], [x, y]: readonly number[]): boolean {
  let inside = false
  for (let index = 0; index + 1 < ring.length; index++) {
    const [a, b] = [ring[index]!, ring[index + 1]!]
    if (a[1]! > y! !== b[1]! > y! && x! < ((b[0]! - a[0]!) * (y! - a[1]!)) / (b[1]! - a[1]!) + a[0]!)
      inside = !inside
  }
  return inside
}
