import type { EnuMetres } from '../../contracts/map-layer.ts'

/** WGS84 (CGCS2000 differs by less than a millimetre): semi-major axis in metres and first eccentricity squared. */
const SEMI_MAJOR = 6378137
const ECCENTRICITY2 = 6.6943799901413165e-3
const RADIANS = Math.PI / 180

export type Vector3 = [x: number, y: number, z: number]

/**
 * East-north-up metres at a fixed point of the ellipsoid, in double precision: the one space in which Cesium's camera,
 * deck.gl's layers and the labels meet. Textbook conversion (Hofmann-Wellenhof, GNSS, 2008, §8).
 */
export class EnuFrame {
  readonly origin: Vector3
  private readonly east: Vector3
  private readonly north: Vector3
  private readonly up: Vector3

  /** @param longitude degrees @param latitude degrees; the origin lies on the ellipsoid */
  constructor(longitude: number, latitude: number) {
    const [sinLon, cosLon] = [Math.sin(longitude * RADIANS), Math.cos(longitude * RADIANS)]
    const [sinLat, cosLat] = [Math.sin(latitude * RADIANS), Math.cos(latitude * RADIANS)]
    this.origin = earthFixed(longitude, latitude, 0)
    this.east = [-sinLon, cosLon, 0]
    this.north = [-sinLat * cosLon, -sinLat * sinLon, cosLat]
    this.up = [cosLat * cosLon, cosLat * sinLon, sinLat]
  }

  /** Degrees and metres above the ellipsoid to metres of this frame. */
  project(longitude: number, latitude: number, height = 0): EnuMetres {
    const [x, y, z] = earthFixed(longitude, latitude, height)
    return this.fromEarth({ x, y, z })
  }

  /** Metres of this frame to degrees and metres above the ellipsoid; below a millimetre within 1,000 km of the ground. */
  unproject(at: EnuMetres): { longitude: number; latitude: number; height: number } {
    const { x, y, z } = this.toEarth(at)
    const across = Math.hypot(x, y)
    let latitude = Math.atan2(z, across * (1 - ECCENTRICITY2))
    let height = 0
    for (let round = 0; round < 6; round++) {
      const normal = SEMI_MAJOR / Math.sqrt(1 - ECCENTRICITY2 * Math.sin(latitude) ** 2)
      height = across / Math.cos(latitude) - normal
      latitude = Math.atan2(z, across * (1 - (ECCENTRICITY2 * normal) / (normal + height)))
    }
    return { longitude: Math.atan2(y, x) / RADIANS, latitude: latitude / RADIANS, height }
  }

  /** A point of the earth-centred frame, metres. */
  fromEarth(point: { x: number; y: number; z: number }): EnuMetres {
    return this.directionFromEarth({
      x: point.x - this.origin[0],
      y: point.y - this.origin[1],
      z: point.z - this.origin[2],
    })
  }

  directionFromEarth({ x, y, z }: { x: number; y: number; z: number }): EnuMetres {
    const along = (axis: Vector3): number => x * axis[0] + y * axis[1] + z * axis[2]
    return [along(this.east), along(this.north), along(this.up)]
  }

  toEarth(at: EnuMetres): { x: number; y: number; z: number } {
    const { x, y, z } = this.directionToEarth(at)
    return { x: x + this.origin[0], y: y + this.origin[1], z: z + this.origin[2] }
  }

  directionToEarth([east, north, up]: EnuMetres): { x: number; y: number; z: number } {
    const along = (axis: 0 | 1 | 2): number =>
      east * this.east[axis] + north * this.north[axis] + up * this.up[axis]
    return { x: along(0), y: along(1), z: along(2) }
  }
}

function earthFixed(longitude: number, latitude: number, height: number): Vector3 {
  const [sinLat, cosLat] = [Math.sin(latitude * RADIANS), Math.cos(latitude * RADIANS)]
  const normal = SEMI_MAJOR / Math.sqrt(1 - ECCENTRICITY2 * sinLat ** 2)
  const across = (normal + height) * cosLat
  return [
    across * Math.cos(longitude * RADIANS),
    across * Math.sin(longitude * RADIANS),
    (normal * (1 - ECCENTRICITY2) + height) * sinLat,
  ]
}
