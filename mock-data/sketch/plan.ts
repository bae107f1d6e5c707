import { type Random, seeded } from '../../src/domain/random.ts'
import { blobsClear } from './blobs.ts'
import { type Metres, type Plane, isNear, lengthOf, planeAt, ringHolds } from './plane.ts'
import { type River, riversOf } from './rivers.ts'
import { type Routes, routesOf } from './routes.ts'
import { type Township, townshipsOf } from './townships.ts'

/** A place that is known: where, how high, how many live there (0 where nobody says). */
export interface KnownPlace {
  at: readonly [longitude: number, latitude: number]
  height: number
  population: number
}

/** What is known of a city for which there is no survey. Equal ones, and equal seeds, make equal sketches. */
export interface CityKnown {
  center: readonly [longitude: number, latitude: number]
  /** Closed rings of its units, degrees. */
  rings: readonly (readonly (readonly [number, number])[])[]
  /** The seat first, then by people. */
  places: readonly KnownPlace[]
  /** Houses that are wanted: they fill the middle. */
  houses: number
}

/** What all sketched layers share, so that houses stand neither in a river nor on a road. */
export interface Plan {
  plane: Plane
  random(...keys: (string | number)[]): Random
  /** Bearing of the street grid in radians. */
  turn: number
  /** Radius of the town by its people, and of the middle that its houses fill, metres. */
  townRadius: number
  builtRadius: number
  /** The first runs through the town. */
  rivers: River[]
  lakes: Metres[][]
  parks: Metres[][]
  routes: Routes
  townships: Township[]
  isInside(at: Metres): boolean
}

/** Blocks of streets, a side. */
export const BLOCK = 250
/** Houses of a block, on average. */
const HOUSES_A_BLOCK = 11
/** People on a square metre of a town. */
const PEOPLE = 0.009

export function planCity({ center, rings, places, houses }: CityKnown, seed: number): Plan {
  const plane = planeAt(center)
  const random = (...keys: (string | number)[]) => seeded(seed, ...keys)
  const turn = (random('turn').nextFraction() - 0.5) * 0.5
  const builtRadius = Math.max(2500, Math.sqrt(((houses / HOUSES_A_BLOCK) * BLOCK ** 2) / Math.PI) * 1.25)
  const byPeople = Math.sqrt((places[0]?.population ?? 0) / PEOPLE / Math.PI)
  const townRadius = Math.max(4000, Math.min(byPeople, 20_000), builtRadius * 1.1)
  const isInside = insideOf(plane, rings)
  const flat = places.map(({ at, ...known }) => ({ ...known, at: plane.toMetres(at) }))
  const outer = flat.filter(({ at }, index) => index > 0 && lengthOf(at) > townRadius * 1.25)
  const reach = Math.max(...rings.flat().map((at) => lengthOf(plane.toMetres(at)))) + 1000
  const rivers = riversOf({ random }, flat, townRadius, reach)
  const routes = routesOf(
    { random },
    outer.map(({ at }) => at),
    townRadius,
  )
  const lines = [routes.ring, ...routes.roads, ...routes.rails]
  const clear = (at: Metres, metres: number) =>
    [...lines, ...rivers.map(({ line }) => line)].every((line) => !isNear(line, at, metres))
  const lakes = blobsClear(random('lakes'), 9, townRadius * 0.8, [180, 420], clear)
  const parks = blobsClear(random('parks'), 22, townRadius * 0.8, [150, 380], clear)
  const townships = townshipsOf({ random }, outer)
  return { plane, random, turn, townRadius, builtRadius, rivers, lakes, parks, routes, townships, isInside }
}

function insideOf(plane: Plane, rings: CityKnown['rings']): Plan['isInside'] {
  const boxed = rings.map((ring) => {
    const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)]
    return { ring, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const }
  })
  return (at) => {
    const [x, y] = plane.toLonLat(at)
    const holding = boxed.filter(
      ({ ring, box: [west, south, east, north] }) =>
        x >= west && x <= east && y >= south && y <= north && ringHolds(ring, [x, y]),
    )
    return holding.length % 2 === 1
  }
}

/** The parts of a line that lie within the city's outline. */
export function runsInside({ isInside }: Pick<Plan, 'isInside'>, line: readonly Metres[]): Metres[][] {
  const runs: Metres[][] = [[]]
  for (const point of line) {
    if (isInside(point)) runs.at(-1)!.push(point)
    else if (runs.at(-1)!.length > 0) runs.push([])
  }
  return runs.filter((run) => run.length > 1)
}

/** Half the width that a ring road or a railway keeps clear, in metres. */
const CORRIDOR = 20

/** Whether a point is in a river, a lake, a park or a corridor, or within a margin of them. */
export function isOpen(plan: Plan, at: Metres, margin: number): boolean {
  if (plan.rivers.some(({ line, halfWidth }) => isNear(line, at, halfWidth + margin))) return true
  const { ring, roads, rails } = plan.routes
  if ([ring, ...roads, ...rails].some((route) => isNear(route, at, CORRIDOR + margin))) return true
  return [...plan.lakes, ...plan.parks].some((blob) => ringHolds(blob, at) || isNear(blob, at, margin))
}

export type { Metres }
