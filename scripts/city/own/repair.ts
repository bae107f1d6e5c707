import { union } from 'polyclip-ts'
import type { LonLat, Polygons, Ring } from '../regions/geojson.ts'
import { same, touchesItself, turnOf, wound } from './rings.ts'
import { type PartRepair, wholeParts } from './whole-parts.ts'

export type Repair =
  | 'closed a ring'
  | 'dropped repeated points'
  | 'dropped points without a place'
  | 'dropped a ring that encloses nothing'
  | 'dropped a line of less than two points'
  | 'parted a ring that touches itself'
  | PartRepair

export type Repaired = { polygons: Polygons; repairs: Repair[] } | { refused: string }

/**
 * Makes polygons whole (RFC 7946 §3.1.6, OGC 06-103r4 §6.1.11): rings closed, without repeated points, not touching
 * themselves, holes within their outer ring, parts apart, outer rings counter-clockwise and holes clockwise. Winding alone
 * is no repair: shapefiles wind the other way.
 */
export function repairPolygons(polygons: readonly Ring[][]): Repaired {
  const repairs = new Set<Repair>()
  const closed = polygons.flatMap((rings) => {
    const mended = repairRings(rings, repairs)
    return mended ? [mended] : []
  })
  if (closed.length === 0) return { refused: 'no ring of it encloses an area' }
  try {
    const parts = wholeParts(
      closed.flatMap((rings) => (rings.some(touchesItself) ? parted(rings, repairs) : [rings])),
    )
    for (const repair of parts.repairs) repairs.add(repair)
    if (parts.polygons.length === 0) return { refused: 'nothing is left of it without its holes' }
    return {
      polygons: parts.polygons.map((rings) => rings.map((ring, index) => wound(ring, index === 0))),
      repairs: [...repairs],
    }
  } catch {
    return { refused: 'its rings cross in a way that cannot be mended' }
  }
}

/** Undefined when the outer ring encloses nothing; a hole that encloses nothing is left out. */
function repairRings(rings: readonly Ring[], repairs: Set<Repair>): Ring[] | undefined {
  const [outer, ...holes] = rings.map((ring) => repairRing(ring, repairs))
  if (!outer) return undefined
  return [outer, ...holes.filter((hole) => hole !== undefined)]
}

function repairRing(ring: Ring, repairs: Set<Repair>): Ring | undefined {
  const points = cleaned(ring, repairs)
  if (points.length < 3) return nothing(repairs)
  if (!same(points[0]!, points.at(-1)!)) {
    repairs.add('closed a ring')
    points.push(points[0]!)
  }
  return points.length < 4 || !enclosesSomething(points) ? nothing(repairs) : points
}

function nothing(repairs: Set<Repair>): undefined {
  repairs.add('dropped a ring that encloses nothing')
}

/** A bow tie encloses two areas that cancel out, so the parts are counted without their signs. Less than 1 cm² is a line. */
function enclosesSomething(ring: Ring): boolean {
  let sum = 0
  for (let index = 1; index + 2 < ring.length; index++)
    sum += Math.abs(turnOf([ring[0]!, ring[index]!, ring[index + 1]!, ring[0]!]))
  return sum > 2e-14
}

function parted(rings: Ring[], repairs: Set<Repair>): Polygons {
  repairs.add('parted a ring that touches itself')
  return union(rings).filter(([outer]) => outer && Math.abs(turnOf(outer)) > 2e-14)
}

/** Lines with their repeated points dropped; a line of one point is none and dropped too. */
export function repairLines(lines: readonly LonLat[][]): { lines: LonLat[][]; repairs: Repair[] } {
  const repairs = new Set<Repair>()
  const whole = lines.map((line) => cleaned(line, repairs)).filter((line) => line.length > 1)
  if (whole.length < lines.length) repairs.add('dropped a line of less than two points')
  return { lines: whole, repairs: [...repairs] }
}

function cleaned(line: readonly LonLat[], repairs: Set<Repair>): LonLat[] {
  const somewhere = line.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
  if (somewhere.length < line.length) repairs.add('dropped points without a place')
  const points = somewhere.filter((point, index, all) => index === 0 || !same(point, all[index - 1]!))
  if (points.length < somewhere.length) repairs.add('dropped repeated points')
  return points
}
