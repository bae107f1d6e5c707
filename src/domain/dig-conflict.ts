import type { MapFeature } from './map-feature.ts'
import type { LonLat } from './measure.ts'
import {
  boundsMeet,
  boundsOf,
  crossingShare,
  isInside,
  nearShares,
  planeAround,
  type PlanePoint,
  sidesOf,
} from './measure-plane.ts'

/**
 * A pipe as far as a dig is concerned: its axis as a line, heights relative to the ground and below 0; diameter, and the depth of
 * the axis below the ground where a position has no height, in metres.
 */
export type DugFeature = MapFeature & { properties: { diameter?: unknown; depth?: unknown } }

export interface DigFinding<F extends DugFeature> {
  pipe: F
  /** Metres of the axis within the dig's ring; 0 for a pipe that only touches it. */
  metres: number
  /** Metres from the ground to the pipe's top where that is shallowest within the ring. */
  top: number
}

/** A millimetre: what lies on the dig's edge is touched, whatever the last digit of a coordinate says. */
const tolerance = 0.001

/** A line of the axis on the plane, with the depth of each of its points. */
interface Axis {
  line: PlanePoint[]
  depths: number[]
}

/**
 * The pipes that a dig meets: those whose wall reaches into the ring or touches it, and whose top comes up to the dig's bottom
 * there: a pipe that falls is met by its upper end alone. The shallowest first, as the digger finds them.
 * @param ring corners of the dig in degrees, closed or not; fewer than three meet nothing
 * @param depth metres the dig goes down. Absent: as deep as it takes
 */
export function pipesInDig<F extends DugFeature>(
  ring: readonly LonLat[],
  pipes: readonly F[],
  depth = Infinity,
): DigFinding<F>[] {
  if (ring.length < 3) return []
  const around = boundsOf(ring)
  const toPlane = planeAround([(around.west + around.east) / 2, (around.south + around.north) / 2])
  const corners = ring.map(toPlane)
  const [sides, box] = [sidesOf(corners), boundsOf(corners)]
  const found = pipes.flatMap((pipe) => {
    const radius = (metresOf(pipe.properties.diameter) ?? 0) / 2
    const reach = Math.max(radius, tolerance)
    const near = {
      west: box.west - reach,
      east: box.east + reach,
      south: box.south - reach,
      north: box.north + reach,
    }
    const lines = axesOf(pipe, toPlane).filter(({ line }) => boundsMeet(boundsOf(line), near))
    const top = Math.min(...lines.flatMap((axis) => depthsWithin(axis, sides, reach))) - radius
    // Infinitely deep is what is nowhere near.
    if (top === Infinity || top > depth + tolerance) return []
    return [{ pipe, metres: sum(lines.map(({ line }) => metresInside(line, sides))), top }]
  })
  return found.sort((a, b) => a.top - b.top || (a.pipe.id < b.pipe.id ? -1 : 1))
}

/**
 * Depths of the axis at the ends of every stretch of it that lies in the ring or within reach of its edge; on a straight piece
 * the shallowest of a stretch is one of its ends.
 */
function depthsWithin(
  { line, depths }: Axis,
  sides: readonly [PlanePoint, PlanePoint][],
  reach: number,
): number[] {
  return segmentsOf(line).flatMap((segment, index) => {
    const [from, to] = [depths[index]!, depths[index + 1]!]
    const shares = [
      ...sides.flatMap((side) => nearShares(segment, side, reach) ?? []),
      ...[0, 1].filter((end) => isInside(segment[end]!, sides)),
    ]
    return shares.map((share) => from + share * (to - from))
  })
}

/** Cuts each segment where it crosses the ring; a piece whose middle is inside is inside. */
function metresInside(line: readonly PlanePoint[], sides: readonly [PlanePoint, PlanePoint][]): number {
  return sum(
    segmentsOf(line).map(([from, to]) => {
      const cuts = [0, 1, ...sides.flatMap((side) => crossingShare([from, to], side) ?? [])].sort(
        (a, b) => a - b,
      )
      const length = Math.hypot(to[0] - from[0], to[1] - from[1])
      const at = (share: number): PlanePoint => [
        from[0] + share * (to[0] - from[0]),
        from[1] + share * (to[1] - from[1]),
      ]
      return sum(
        cuts.slice(1).map((end, index) => {
          const start = cuts[index]!
          return isInside(at((start + end) / 2), sides) ? (end - start) * length : 0
        }),
      )
    }),
  )
}

function segmentsOf(line: readonly PlanePoint[]): [PlanePoint, PlanePoint][] {
  return line.slice(1).map((point, index) => [line[index]!, point])
}

/** Where a position has no height the pipe's depth holds; one of unknown depth is feared to lie at the top. */
function axesOf({ geometry, properties }: DugFeature, toPlane: (at: LonLat) => PlanePoint): Axis[] {
  const lines =
    geometry.type === 'LineString'
      ? [geometry.coordinates]
      : geometry.type === 'MultiLineString'
        ? geometry.coordinates
        : []
  const otherwise = metresOf(properties.depth) ?? 0
  return lines.map((line) => ({
    line: line.map(([longitude, latitude]) => toPlane([longitude, latitude])),
    depths: line.map(([, , height]) => (height === undefined ? otherwise : -height)),
  }))
}

function metresOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
