import { authalicLatitude, authalicRadius, type LonLat, radians } from './measure.ts'

/** Metres east and north of the plane's centre. */
export type PlanePoint = readonly [x: number, y: number]

/**
 * A plane for questions of the size of a city: the cylindrical equal-area projection with its standard parallel at the centre
 * (Snyder, USGS Professional Paper 1395, p. 81). Areas are exact everywhere, lengths at the centre's latitude.
 */
export function planeAround(center: LonLat): (at: LonLat) => PlanePoint {
  const beta = authalicLatitude(center[1])
  const [stretch, sine] = [Math.cos(beta), Math.sin(beta)]
  return ([longitude, latitude]) => [
    authalicRadius * stretch * radians(longitude - center[0]),
    (authalicRadius * (Math.sin(authalicLatitude(latitude)) - sine)) / stretch,
  ]
}

export interface Bounds {
  west: number
  east: number
  south: number
  north: number
}

/** The box around points; of none at all it is inside out, and so meets no other. */
export function boundsOf(points: readonly (readonly [number, number, ...number[]])[]): Bounds {
  const bounds = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity }
  for (const [x, y] of points) {
    bounds.west = Math.min(bounds.west, x)
    bounds.east = Math.max(bounds.east, x)
    bounds.south = Math.min(bounds.south, y)
    bounds.north = Math.max(bounds.north, y)
  }
  return bounds
}

export function boundsMeet(a: Bounds, b: Bounds): boolean {
  return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north
}

/** Where two segments cross, as the share of the way along the first; parallel ones do not cross. */
export function crossingShare(
  [a, b]: readonly [PlanePoint, PlanePoint],
  [c, d]: readonly [PlanePoint, PlanePoint],
): number | undefined {
  const [abX, abY] = [b[0] - a[0], b[1] - a[1]]
  const [cdX, cdY] = [d[0] - c[0], d[1] - c[1]]
  const turn = abX * cdY - abY * cdX
  if (turn === 0) return undefined
  const [acX, acY] = [c[0] - a[0], c[1] - a[1]]
  const along = (acX * cdY - acY * cdX) / turn
  const other = (acX * abY - acY * abX) / turn
  return along >= 0 && along <= 1 && other >= 0 && other <= 1 ? along : undefined
}

/** Sides of a ring, closed or not. */
export function sidesOf(ring: readonly PlanePoint[]): [PlanePoint, PlanePoint][] {
  return ring.map((point, index) => [point, ring[(index + 1) % ring.length]!])
}

/** By the even-odd rule, so holes are outside; a point on a side may count as either. */
export function isInside([x, y]: PlanePoint, sides: readonly [PlanePoint, PlanePoint][]): boolean {
  const crossed = sides.filter(
    ([a, b]) => a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]),
  )
  return crossed.length % 2 === 1
}

/** Metres from a point to a segment. */
export function distanceToSegment([x, y]: PlanePoint, [a, b]: readonly [PlanePoint, PlanePoint]): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length))
  return Math.hypot(x - a[0] - share * dx, y - a[1] - share * dy)
}
