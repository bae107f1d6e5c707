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

/**
 * The stretch of a segment that lies within `reach` of another, as shares of the way along the first; undefined where none does.
 * Distance from a segment is convex along another, so there is one stretch at most: from the first to the last share that lies
 * in the other's strip or in the disc around one of its ends.
 */
export function nearShares(
  [from, to]: readonly [PlanePoint, PlanePoint],
  [start, end]: readonly [PlanePoint, PlanePoint],
  reach: number,
): readonly [first: number, last: number] | undefined {
  const way: PlanePoint = [to[0] - from[0], to[1] - from[1]]
  const stretches = [start, end].map((middle) => sharesInDisc(from, way, middle, reach))
  const [sideX, sideY] = [end[0] - start[0], end[1] - start[1]]
  const length = Math.hypot(sideX, sideY)
  if (length > 0) {
    const [alongX, alongY] = [sideX / length, sideY / length]
    const [x, y] = [from[0] - start[0], from[1] - start[1]]
    stretches.push(
      common(
        sharesBetween(x * alongX + y * alongY, way[0] * alongX + way[1] * alongY, 0, length),
        sharesBetween(y * alongX - x * alongY, way[1] * alongX - way[0] * alongY, -reach, reach),
      ),
    )
  }
  const found = stretches
    .map((stretch) => common(stretch, [0, 1]))
    .filter((stretch) => stretch[0] <= stretch[1])
  if (found.length === 0) return undefined
  return [Math.min(...found.map(([first]) => first)), Math.max(...found.map(([, last]) => last))]
}

type Stretch = readonly [first: number, last: number]
const everywhere: Stretch = [-Infinity, Infinity]
const nowhere: Stretch = [Infinity, -Infinity]

function common(a: Stretch, b: Stretch): Stretch {
  return [Math.max(a[0], b[0]), Math.min(a[1], b[1])]
}

/** Shares at which a value that begins there and grows by `growth` a share lies between two bounds. */
function sharesBetween(begin: number, growth: number, low: number, high: number): Stretch {
  if (growth === 0) return begin >= low && begin <= high ? everywhere : nowhere
  const [a, b] = [(low - begin) / growth, (high - begin) / growth]
  return a <= b ? [a, b] : [b, a]
}

function sharesInDisc(from: PlanePoint, way: PlanePoint, middle: PlanePoint, radius: number): Stretch {
  const [x, y] = [from[0] - middle[0], from[1] - middle[1]]
  const [square, half] = [way[0] ** 2 + way[1] ** 2, x * way[0] + y * way[1]]
  const outside = x * x + y * y - radius ** 2
  if (square === 0) return outside <= 0 ? everywhere : nowhere
  const room = half ** 2 - square * outside
  if (room < 0) return nowhere
  return [(-half - Math.sqrt(room)) / square, (-half + Math.sqrt(room)) / square]
}
