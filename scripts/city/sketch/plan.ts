import { EnuFrame } from '../../../src/map/engine/enu-frame.ts'
import { type Random, seeded } from '../../../src/domain/random.ts'
import type { LonLat, Polygons } from '../regions/geojson.ts'
import { type Routes, routesOf } from './routes.ts'
import type { Place } from './sources.ts'

/** Metres east and north of the city's middle. */
export type Metres = [east: number, north: number]

/** What all sketched layers share, so that houses stand neither in the river nor on a road. */
export interface Plan {
  frame: EnuFrame
  random(...keys: (string | number)[]): Random
  /** Bearing of the street grid in radians. */
  turn: number
  /** Radius of the built-up middle. */
  builtRadius: number
  river: { line: Metres[]; halfWidth: number }
  lakes: Metres[][]
  parks: Metres[][]
  routes: Routes
  isInside(at: Metres): boolean
}

/** Blocks of streets, a side. */
export const BLOCK = 250
/** Radians between two main roads out of the city, 28 degrees. */
const LEAST_TURN = 0.5
/** Houses of a block, on average. */
const HOUSES_A_BLOCK = 11

export function planCity(
  center: LonLat,
  outline: readonly Polygons[],
  places: readonly Place[],
  houses: number,
  seed: number,
): Plan {
  const frame = new EnuFrame(...center)
  const random = (...keys: (string | number)[]) => seeded(seed, ...keys)
  const rings = outline.flat(2)
  const turn = (random('turn').nextFraction() - 0.5) * 0.5
  const towards = spreadRoutes(places.slice(1).map(({ at }) => flat(frame, at)))
  const builtRadius = Math.max(2500, Math.sqrt(((houses / HOUSES_A_BLOCK) * BLOCK ** 2) / Math.PI) * 1.25)
  const river = riverOf(random('river'), builtRadius)
  const plan = {
    frame,
    random,
    turn,
    builtRadius,
    river,
    routes: routesOf({ random }, towards, builtRadius),
    lakes: [] as Metres[][],
    parks: [] as Metres[][],
  }
  const isInside = (at: Metres) => {
    const { longitude, latitude } = frame.unproject([...at, 0])
    return rings.filter((ring) => crosses(ring, [longitude, latitude])).length % 2 === 1
  }
  plan.lakes = blobs(random('lakes'), 5, builtRadius, [180, 420])
  plan.parks = blobs(random('parks'), 9, builtRadius, [150, 380])
  return { ...plan, isInside }
}

/** Main roads leave a city in a handful of directions: of places that lie close in bearing the larger one has the road. */
function spreadRoutes(places: readonly Metres[]): Metres[] {
  const kept: Metres[] = []
  const apart = (a: Metres, b: Metres) => {
    const turn = Math.abs(Math.atan2(a[1], a[0]) - Math.atan2(b[1], b[0]))
    return Math.min(turn, 2 * Math.PI - turn)
  }
  for (const place of places) if (kept.every((other) => apart(place, other) > LEAST_TURN)) kept.push(place)
  return kept
}

export function flat(frame: EnuFrame, [longitude, latitude]: LonLat): Metres {
  const [east, north] = frame.project(longitude, latitude)
  return [east, north]
}

/** Back to degrees, for a file: a point of the plane straight down to the ellipsoid. */
export function degrees({ frame }: Pick<Plan, 'frame'>, [east, north]: Metres): LonLat {
  // The ellipsoid falls away from the plane; the foot of the point is what is wanted.
  const { longitude, latitude } = frame.unproject([east, north, -(east ** 2 + north ** 2) / (2 * 6_371_000)])
  return [Math.round(longitude * 1e6) / 1e6, Math.round(latitude * 1e6) / 1e6]
}

/** Half the width that a ring road or a railway keeps clear, in metres. */
const CORRIDOR = 20

/** Whether a point is in the river, a lake, a park or a corridor, or within a margin of them. */
export function isOpen(plan: Plan, at: Metres, margin: number): boolean {
  const { line, halfWidth } = plan.river
  if (isNear(line, at, halfWidth + margin)) return true
  const { ring, rails } = plan.routes
  if ([ring, ...rails].some((route) => isNear(route, at, CORRIDOR + margin))) return true
  return [...plan.lakes, ...plan.parks].some((blob) => crosses(blob, at) || isNear(blob, at, margin))
}

function isNear(line: readonly Metres[], at: Metres, metres: number): boolean {
  return line.some((point, index) => index > 0 && wayTo(at, line[index - 1]!, point) < metres)
}

function riverOf(random: Random, builtRadius: number): Plan['river'] {
  const bearing = random.nextFraction() * Math.PI
  const aside = builtRadius * (0.25 + 0.2 * random.nextFraction())
  const [wave, phase] = [2200 + 900 * random.nextFraction(), random.nextFraction() * 6]
  const line: Metres[] = []
  for (let along = -26_000; along <= 26_000; along += 200) {
    const across =
      aside + 420 * Math.sin(along / wave + phase) + 190 * Math.sin(along / (wave * 0.37) + phase * 2)
    line.push(rotate([along, across], bearing))
  }
  return { line, halfWidth: 55 }
}

function blobs(random: Random, count: number, within: number, [least, most]: [number, number]): Metres[][] {
  return Array.from({ length: count }, () => {
    const [bearing, way] = [
      random.nextFraction() * 2 * Math.PI,
      within * (0.25 + 1.1 * random.nextFraction()),
    ]
    const size = least + (most - least) * random.nextFraction()
    const bumps = [random.nextFraction() * 6, random.nextFraction() * 6]
    const ring = Array.from({ length: 20 }, (_, step): Metres => {
      const angle = (step / 20) * 2 * Math.PI
      const reach =
        size * (1 + 0.22 * Math.sin(2 * angle + bumps[0]!) + 0.12 * Math.sin(3 * angle + bumps[1]!))
      return [
        way * Math.cos(bearing) + reach * Math.cos(angle),
        way * Math.sin(bearing) + reach * Math.sin(angle),
      ]
    })
    return [...ring, ring[0]!]
  })
}

export function rotate([east, north]: Metres, by: number): Metres {
  return [east * Math.cos(by) - north * Math.sin(by), east * Math.sin(by) + north * Math.cos(by)]
}

export function crosses(
  ring: readonly (readonly [number, number])[],
  [x, y]: readonly [number, number],
): boolean {
  let inside = false
  for (let index = 0; index + 1 < ring.length; index++) {
    const [a, b] = [ring[index]!, ring[index + 1]!]
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside
}

function wayTo(at: Metres, a: Metres, b: Metres): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const share =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / length))
  return Math.hypot(at[0] - a[0] - dx * share, at[1] - a[1] - dy * share)
}
