import type { LonLat, Polygons } from './geojson.ts'
import { roomyPoints } from './inner-point.ts'

/** How much a step north counts beside a step east: columns stand upright, so they hide each other least when side by side. */
const NORTH_WEIGHT = 0.45
/** A point may give up this much of the clearance that the middle of its unit has. */
const CLEARANCE = 0.45

/**
 * Where each unit's column and name stand: well inside the unit, and as far from the others' as the units allow. The
 * small ones choose again and again until none can do better; the largest would otherwise push them about.
 */
export function spreadAnchors(units: readonly Polygons[]): LonLat[] {
  const choices = units.map((polygons) => roomyPoints(polygons, CLEARANCE))
  const chosen = choices.map(([middle]) => middle!)
  for (let round = 0; round < 12; round++) {
    const before = chosen.join()
    choices.forEach((points, index) => {
      const others = chosen.filter((_, other) => other !== index)
      chosen[index] = points.reduce(
        (best, point) => (nearest(point, others) > nearest(best, others) + 1e-9 ? point : best),
        chosen[index]!,
      )
    })
    if (chosen.join() === before) break
  }
  return chosen
}

/** Distance to the nearest other point, as far as it matters: beyond half a degree nothing hides anything. */
function nearest([longitude, latitude]: LonLat, others: readonly LonLat[]): number {
  const shrink = Math.cos((latitude * Math.PI) / 180)
  return Math.min(
    0.3,
    ...others.map((other) =>
      Math.hypot((other[0] - longitude) * shrink, (other[1] - latitude) * NORTH_WEIGHT),
    ),
  )
}
