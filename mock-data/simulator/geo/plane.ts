import { portableCos, portableSin } from '../../../src/domain/portable-math.ts'
import { planeAt } from '../../sketch/plane.ts'
import { demoCity } from './demo-town.ts'

/** Degrees, CGCS2000. */
export type LonLat = readonly [longitude: number, latitude: number]
/** Metres east and north of the middle of the town, on the plane of its sketch. */
export type Metres = readonly [east: number, north: number]

export const { toMetres, toLonLat } = planeAt(demoCity.center)

export function distance(a: Metres, b: Metres): number {
  const [east, north] = [b[0] - a[0], b[1] - a[1]]
  return Math.sqrt(east * east + north * north)
}

export function between(a: Metres, b: Metres, share: number): Metres {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

const radians = Math.PI / 180

export function cosineOf(degrees: number): number {
  return portableCos(degrees * radians)
}

/** The point so many metres away in a direction, degrees clockwise from north. */
export function away([east, north]: Metres, degrees: number, metres: number): Metres {
  return [east + metres * portableSin(degrees * radians), north + metres * portableCos(degrees * radians)]
}

/** Angle whose tangent is z, radians, |z| ≤ 1: halved twice, then its series. */
function arcTangent(z: number): number {
  const half = (x: number) => x / (1 + Math.sqrt(1 + x * x))
  const small = half(half(z))
  let [term, sum] = [small, 0]
  for (let n = 1; n <= 25; n += 2) {
    sum += term / n
    term = -term * small * small
  }
  return 4 * sum
}

/** Direction from a to b, degrees clockwise from north in [0, 360), to a tenth; 0 when they are one point. */
export function bearing(a: Metres, b: Metres): number {
  const [east, north] = [b[0] - a[0], b[1] - a[1]]
  if (east === 0 && north === 0) return 0
  const steep = Math.abs(north) >= Math.abs(east)
  const degrees = arcTangent(steep ? east / north : north / east) / radians
  const turned = steep ? (north > 0 ? degrees : degrees + 180) : east > 0 ? 90 - degrees : 270 - degrees
  return (Math.round(((turned + 360) % 360) * 10) % 3_600) / 10
}
