/** Longitude and latitude in degrees on WGS 84 (CGCS2000 differs from it by less than a millimetre). */
export type LonLat = readonly [longitude: number, latitude: number]

/** WGS 84: semi-major axis in metres and flattening. */
export const semiMajor = 6_378_137
export const flattening = 1 / 298.257_223_563
const semiMinor = semiMajor * (1 - flattening)
const eccentricity = Math.sqrt(flattening * (2 - flattening))

/**
 * Metres along the geodesic between two points: the inverse formula of Vincenty (Survey Review XXIII, 1975), good to less
 * than a millimetre. Throws RangeError for points so nearly opposite on the globe that it does not converge.
 */
export function geodesicDistance(from: LonLat, to: LonLat): number {
  const difference = radians(to[0] - from[0])
  const [u1, u2] = [from, to].map(([, latitude]) =>
    Math.atan((1 - flattening) * Math.tan(radians(latitude))),
  ) as [number, number]
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)]
  let lambda = difference
  for (let round = 0; round < 100; round++) {
    const [sinLambda, cosLambda] = [Math.sin(lambda), Math.cos(lambda)]
    const sinSigma = Math.hypot(cosU2 * sinLambda, cosU1 * sinU2 - sinU1 * cosU2 * cosLambda)
    if (sinSigma === 0) return 0
    const cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * cosLambda
    const sigma = Math.atan2(sinSigma, cosSigma)
    const sinAlpha = (cosU1 * cosU2 * sinLambda) / sinSigma
    const cosSqAlpha = 1 - sinAlpha ** 2
    // Along the equator there is no angle to the middle.
    const cos2Mid = cosSqAlpha === 0 ? 0 : cosSigma - (2 * sinU1 * sinU2) / cosSqAlpha
    const c = (flattening / 16) * cosSqAlpha * (4 + flattening * (4 - 3 * cosSqAlpha))
    const before = lambda
    const inner = cos2Mid + c * cosSigma * (2 * cos2Mid ** 2 - 1)
    lambda = difference + (1 - c) * flattening * sinAlpha * (sigma + c * sinSigma * inner)
    if (Math.abs(lambda - before) < 1e-13)
      return arcLength({ sigma, sinSigma, cosSigma, cosSqAlpha, cos2Mid })
  }
  throw new RangeError(`no geodesic found between ${from.join()} and ${to.join()}`)
}

interface Arc {
  sigma: number
  sinSigma: number
  cosSigma: number
  cosSqAlpha: number
  cos2Mid: number
}

function arcLength({ sigma, sinSigma, cosSigma, cosSqAlpha, cos2Mid }: Arc): number {
  const uSq = (cosSqAlpha * (semiMajor ** 2 - semiMinor ** 2)) / semiMinor ** 2
  const a = 1 + (uSq / 16384) * (4096 + uSq * (-768 + uSq * (320 - 175 * uSq)))
  const b = (uSq / 1024) * (256 + uSq * (-128 + uSq * (74 - 47 * uSq)))
  const first = cosSigma * (2 * cos2Mid ** 2 - 1)
  const second = (b / 6) * cos2Mid * (4 * sinSigma ** 2 - 3) * (4 * cos2Mid ** 2 - 3)
  return semiMinor * a * (sigma - b * sinSigma * (cos2Mid + (b / 4) * (first - second)))
}

/** Metres along a path of geodesics; 0 for fewer than two points. */
export function pathLength(path: readonly LonLat[]): number {
  return path.slice(1).reduce((sum, point, index) => sum + geodesicDistance(path[index]!, point), 0)
}

/**
 * Square metres inside a ring, closed or not, whatever its direction: the polygon on the sphere of the ellipsoid's own area
 * (authalic latitudes, Snyder, USGS Professional Paper 1395, p. 16), its edges taken as great circles there. Against geodesic
 * edges that is off by under a millionth for a city. The ring must not cross itself nor hold a pole.
 */
export function geodesicArea(ring: readonly LonLat[]): number {
  const halfTangents = ring.map(([, latitude]) => Math.tan(authalicLatitude(latitude) / 2))
  const excess = ring.reduce((sum, [longitude], index) => {
    const next = (index + 1) % ring.length
    const [t1, t2] = [halfTangents[index]!, halfTangents[next]!]
    const turn = Math.tan(radians(ring[next]![0] - longitude) / 2)
    return sum + 2 * Math.atan2(turn * (t1 + t2), 1 + t1 * t2)
  }, 0)
  return Math.abs(excess) * authalicRadius ** 2
}

/** Radius in metres of the sphere that has the ellipsoid's area. */
export const authalicRadius = semiMajor * Math.sqrt(authalicQ(1) / 2)

/** Radians; the latitude on that sphere of a geodetic latitude in degrees. */
export function authalicLatitude(latitude: number): number {
  return Math.asin(Math.min(1, Math.max(-1, authalicQ(Math.sin(radians(latitude))) / authalicQ(1))))
}

function authalicQ(sine: number): number {
  const es = eccentricity * sine
  return (1 - eccentricity ** 2) * (sine / (1 - es ** 2) + Math.atanh(es) / eccentricity)
}

export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
