import { type Bounds, boundsMeet, boundsOf, type PlanePoint } from './measure-plane.ts'

export type Side = readonly [PlanePoint, PlanePoint]

/** Boxes within boxes around the sides of a polygon. In the order of a ring neighbours lie side by side, so the boxes are small. */
export type SideTree = { reach: Bounds; count: number } & (
  | { halves: readonly [SideTree, SideTree] }
  | { sides: readonly { side: Side; reach: Bounds }[] }
)

const mostInLeaf = 8

export function sideTree(sides: readonly Side[]): SideTree {
  const count = sides.length
  if (count <= mostInLeaf)
    return {
      reach: boundsOf(sides.flat()),
      count,
      sides: sides.map((side) => ({ side, reach: boundsOf(side) })),
    }
  const middle = count >> 1
  const halves = [sideTree(sides.slice(0, middle)), sideTree(sides.slice(middle))] as const
  return { reach: around(halves[0].reach, halves[1].reach), count, halves }
}

/** Calls for each pair of sides, one of each tree, whose boxes meet. */
export function eachMeeting(one: SideTree, other: SideTree, meet: (side: Side, met: Side) => void): void {
  if (!boundsMeet(one.reach, other.reach)) return
  if ('halves' in one && (one.count >= other.count || !('halves' in other))) {
    for (const half of one.halves) eachMeeting(half, other, meet)
  } else if ('halves' in other) {
    for (const half of other.halves) eachMeeting(one, half, meet)
  } else if ('sides' in one) {
    for (const { side, reach } of one.sides)
      for (const met of other.sides) if (boundsMeet(reach, met.reach)) meet(side, met.side)
  }
}

function around(a: Bounds, b: Bounds): Bounds {
  return {
    west: Math.min(a.west, b.west),
    east: Math.max(a.east, b.east),
    south: Math.min(a.south, b.south),
    north: Math.max(a.north, b.north),
  }
}
