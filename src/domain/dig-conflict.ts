import type { MapFeature } from './map-feature.ts'
import type { LonLat } from './measure.ts'
import {
  boundsMeet,
  boundsOf,
  crossingShare,
  distanceToSegment,
  isInside,
  planeAround,
  type PlanePoint,
  sidesOf,
} from './measure-plane.ts'

/** A pipe as far as a dig is concerned: its axis as a line; diameter and depth of the axis below the ground in metres. */
export type DugFeature = MapFeature & { properties: { diameter?: unknown; depth?: unknown } }

export interface DigFinding<F extends DugFeature> {
  pipe: F
  /** Metres of the axis within the dig; 0 for a pipe that only touches it. */
  metres: number
}

/** A millimetre: what lies on the dig's edge is touched, whatever the last digit of a coordinate says. */
const tolerance = 0.001

/**
 * The pipes that a dig meets: those whose wall reaches into the ring or touches it. The shallowest first, as the digger finds them.
 * @param ring corners of the dig in degrees, closed or not; fewer than three meet nothing
 * @param depth metres the dig goes down; pipes whose top lies deeper are not met. Absent: as deep as it takes
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
    const [radius, axisDepth] = [(metresOf(pipe.properties.diameter) ?? 0) / 2, depthOf(pipe)]
    if (axisDepth - radius > depth) return []
    const reach = Math.max(radius, tolerance)
    const lines = linesOf(pipe).map((line) => line.map(toPlane))
    const near = {
      west: box.west - reach,
      east: box.east + reach,
      south: box.south - reach,
      north: box.north + reach,
    }
    const met = lines.filter((line) => boundsMeet(boundsOf(line), near) && lineMeets(line, sides, reach))
    return met.length > 0 ? [{ pipe, metres: sum(met.map((line) => metresInside(line, sides))) }] : []
  })
  return found.sort((a, b) => depthOf(a.pipe) - depthOf(b.pipe) || (a.pipe.id < b.pipe.id ? -1 : 1))
}

function lineMeets(
  line: readonly PlanePoint[],
  sides: readonly [PlanePoint, PlanePoint][],
  reach: number,
): boolean {
  return segmentsOf(line).some(
    (segment) =>
      isInside(segment[0], sides) ||
      isInside(segment[1], sides) ||
      sides.some(
        (side) =>
          crossingShare(segment, side) !== undefined ||
          Math.min(
            ...segment.map((end) => distanceToSegment(end, side)),
            ...side.map((corner) => distanceToSegment(corner, segment)),
          ) <= reach,
      ),
  )
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

function linesOf({ geometry }: MapFeature): LonLat[][] {
  const lines =
    geometry.type === 'LineString'
      ? [geometry.coordinates]
      : geometry.type === 'MultiLineString'
        ? geometry.coordinates
        : []
  return lines.map((line) => line.map(([longitude, latitude]): LonLat => [longitude, latitude]))
}

/** A pipe of unknown depth is feared to lie at the top. */
function depthOf(pipe: DugFeature): number {
  return metresOf(pipe.properties.depth) ?? 0
}

function metresOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
