import {
  Cartesian2,
  Cesium3DTileFeature,
  type Ellipsoid,
  IntersectionTests,
  Ray,
  type Scene,
} from '@cesium/engine'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { cartesian } from './cesium-scene.ts'
import type { CityGround } from './city-ground.ts'
import type { EnuFrame } from './enu-frame.ts'

/** Metres of a look beyond which no ground of a city is. */
const FARTHEST = 3_000_000

/** The point of the ground that a look meets: of the relief, else of the ellipsoid; undefined where it goes to the sky. */
export function groundMet(
  eye: EnuMetres,
  sight: EnuMetres,
  { frame, ground, ellipsoid }: { frame: EnuFrame; ground: CityGround; ellipsoid: Ellipsoid },
): EnuMetres | undefined {
  const relief = ground.surface?.hit(eye, sight)
  if (relief) return relief
  const ray = new Ray(cartesian(frame.toEarth(eye)), cartesian(frame.directionToEarth(sight)))
  const hit = IntersectionTests.rayEllipsoid(ray, ellipsoid)
  // An eye below the ground looks out of the ellipsoid; what is on its far side is no ground of a city.
  const far = hit && (hit.start > 0 ? hit.start : hit.stop)
  return far !== undefined && far < FARTHEST ? frame.fromEarth(Ray.getPoint(ray, far)) : undefined
}

/** What the tileset says of the building drawn at a CSS pixel, by the names of its properties; undefined beside buildings. */
export function buildingAt(
  scene: Scene,
  x: number,
  y: number,
): Readonly<Record<string, unknown>> | undefined {
  const hit: unknown = scene.pick(new Cartesian2(x, y))
  if (!(hit instanceof Cesium3DTileFeature)) return undefined
  const names: string[] = hit.getPropertyIds([])
  return Object.fromEntries(names.map((name): [string, unknown] => [name, hit.getProperty(name)]))
}
