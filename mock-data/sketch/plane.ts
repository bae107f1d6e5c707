import { portableCos, portableSin } from '../../src/domain/portable-math.ts'

/** Degrees, CGCS2000. */
export type LonLat = [longitude: number, latitude: number]
/** Metres east and north of the city's middle. */
export type Metres = [east: number, north: number]
type Point = readonly [number, number]

const radians = Math.PI / 180

/**
 * A plane in which a degree has the same length everywhere: what is straight in it is straight in degrees too, and it is reckoned
 * alike in every engine. Lengths of a degree by their series on the ellipsoid (Snyder, Map Projections, USGS 1395, 1987); a
 * hundred kilometres north or south they are wrong by 2 %, which no sketched thing minds.
 */
export interface Plane {
  toMetres(at: Point): Metres
  /** To the millionth of a degree, about a decimetre. */
  toLonLat(at: Point): LonLat
}

export function planeAt([longitude, latitude]: Point): Plane {
  const cosine = (times: number) => portableCos(times * latitude * radians)
  const east = 111_412.84 * cosine(1) - 93.5 * cosine(3) + 0.118 * cosine(5)
  const north = 111_132.92 - 559.82 * cosine(2) + 1.175 * cosine(4)
  return {
    toMetres: ([x, y]) => [(x - longitude) * east, (y - latitude) * north],
    toLonLat: ([x, y]) => [micro(longitude + x / east), micro(latitude + y / north)],
  }
}

function micro(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

export function lengthOf([east, north]: Point): number {
  return Math.sqrt(east * east + north * north)
}

export function apart(a: Point, b: Point): number {
  return lengthOf([b[0] - a[0], b[1] - a[1]])
}

/** Turned anticlockwise by so many radians. */
export function rotate([east, north]: Point, by: number): Metres {
  const [sine, cosine] = [portableSin(by), portableCos(by)]
  return [east * cosine - north * sine, east * sine + north * cosine]
}

/** Whether a closed ring holds a point, by the even-odd rule. */
export function ringHolds(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false
  for (let index = 0; index + 1 < ring.length; index++) {
    const [a, b] = [ring[index]!, ring[index + 1]!]
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside
}

/** Share of the way from a to b at which it comes nearest to a point. */
export function nearestShare(at: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const square = dx * dx + dy * dy
  if (square === 0) return 0
  return Math.min(1, Math.max(0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / square))
}

export function between(a: Point, b: Point, share: number): Metres {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

export function isNear(line: readonly Point[], at: Point, metres: number): boolean {
  return line.some((point, index) => {
    if (index === 0) return false
    const before = line[index - 1]!
    return apart(at, between(before, point, nearestShare(at, before, point))) < metres
  })
}
