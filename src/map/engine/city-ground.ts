import type { EnuMetres } from '../../contracts/map-layer.ts'
import type { EnuFrame } from './enu-frame.ts'
import type { TerrainSurface } from './terrain/terrain-surface.ts'

/** Mean radius of the earth, metres: good enough for how much a plumb line leans away from the city's. */
const EARTH_RADIUS = 6371000

/** Where the ground of a city is: its relief where the base map has one, the ellipsoid elsewhere. */
export class CityGround {
  readonly frame: EnuFrame
  readonly surface: TerrainSurface | undefined

  constructor(frame: EnuFrame, surface?: TerrainSurface) {
    this.frame = frame
    this.surface = surface
  }

  /** Degrees, and metres above the ground there, to ENU metres. */
  project(longitude: number, latitude: number, height = 0): EnuMetres {
    const { frame, surface } = this
    let at = frame.project(longitude, latitude)
    if (!surface) return height === 0 ? at : frame.project(longitude, latitude, height)
    let ground = 0
    // A plumb line far from the city's own leans: what is high lies a little aside, and the ground there is another.
    for (let round = 0; round < 2; round++) {
      const up = surface.upAt(at[0], at[1])
      if (up === undefined) return frame.project(longitude, latitude, height)
      ground += (up - at[2]) * (1 + (at[0] ** 2 + at[1] ** 2) / (2 * EARTH_RADIUS ** 2))
      at = frame.project(longitude, latitude, ground)
    }
    return height === 0 ? at : frame.project(longitude, latitude, ground + height)
  }

  /** ENU metres to degrees and metres above the ellipsoid. */
  unproject(at: EnuMetres): { longitude: number; latitude: number; height: number } {
    return this.frame.unproject(at)
  }

  /** A point of the ellipsoid raised to the ground there, along its own plumb line; as it is where there is no relief. */
  lifted(at: EnuMetres): EnuMetres {
    const up = this.surface?.upAt(at[0], at[1])
    if (up === undefined) return at
    const lean = (up - at[2]) / EARTH_RADIUS
    const [east, north] = [at[0] * (1 + lean), at[1] * (1 + lean)]
    return [east, north, this.surface!.upAt(east, north) ?? up]
  }

  /** ENU up of the ground under or above a point. */
  upAt(east: number, north: number): number {
    return this.surface?.upAt(east, north) ?? this.ellipsoidUp(east, north)
  }

  private ellipsoidUp(east: number, north: number): number {
    let up = 0
    for (let round = 0; round < 3; round++) up -= this.frame.unproject([east, north, up]).height
    return up
  }
}
