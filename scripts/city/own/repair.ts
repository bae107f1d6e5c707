import { union } from 'polyclip-ts'
import type { LonLat, Polygons, Ring } from '../regions/geojson.ts'
import { same, touchesItself, turnOf, wound } from './rings.ts'

export type Repair = 'closed a ring' | 'dropped repeated points' | 'parted a ring that touches itself'

export type Repaired = { polygons: Polygons; repairs: Repair[] } | { refused: string }

/**
 * Makes polygons whole (RFC 7946 §3.1.6, OGC 06-103r4 §6.1.11): rings closed, without repeated points, not touching
 * themselves, outer rings counter-clockwise and holes clockwise. Winding alone is no repair: shapefiles wind the other way.
 */
export function repairPolygons(polygons: readonly Ring[][]): Repaired {
  const repairs = new Set<Repair>()
  const whole: Polygons = []
  for (const rings of polygons) {
    const mended = repairRings(rings, repairs)
    if (mended === undefined) continue
    if (mended.some(touchesItself)) {
      repairs.add('parted a ring that touches itself')
      whole.push(...parted(mended).filter(([outer]) => outer && Math.abs(turnOf(outer)) > 2e-14))
    } else whole.push(mended)
  }
  if (whole.length === 0) return { refused: 'no ring of it encloses an area' }
  return {
    polygons: whole.map((rings) => rings.map((ring, index) => wound(ring, index === 0))),
    repairs: [...repairs],
  }
}

/** Undefined when the outer ring encloses nothing; a hole that encloses nothing is left out. */
function repairRings(rings: readonly Ring[], repairs: Set<Repair>): Ring[] | undefined {
  const [outer, ...holes] = rings.map((ring) => repairRing(ring, repairs))
  if (!outer) return undefined
  return [outer, ...holes.filter((hole) => hole !== undefined)]
}

function repairRing(ring: Ring, repairs: Set<Repair>): Ring | undefined {
  const points: LonLat[] = ring
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
    .filter((point, index, all) => index === 0 || !same(point, all[index - 1]!))
  if (points.length < ring.length) repairs.add('dropped repeated points')
  if (points.length < 3) return undefined
  if (!same(points[0]!, points.at(-1)!)) {
    repairs.add('closed a ring')
    points.push(points[0]!)
  }
  return points.length < 4 || !enclosesSomething(points) ? undefined : points
}

/** A bow tie encloses two areas that cancel out, so the parts are counted without their signs. Less than 1 cm² is a line. */
function enclosesSomething(ring: Ring): boolean {
  let sum = 0
  for (let index = 1; index + 2 < ring.length; index++)
    sum += Math.abs(turnOf([ring[0]!, ring[index]!, ring[index + 1]!, ring[0]!]))
  return sum > 2e-14
}

function parted(rings: Ring[]): Polygons {
  try {
    return union(rings)
  } catch {
    return []
  }
}

/** Lines with their repeated points dropped; a line of one point is none. */
export function repairLines(lines: readonly LonLat[][]): { lines: LonLat[][]; repairs: Repair[] } {
  const mended = lines.map((line) =>
    line.filter(
      (point, index) =>
        Number.isFinite(point[0]) &&
        Number.isFinite(point[1]) &&
        (index === 0 || !same(point, line[index - 1]!)),
    ),
  )
  const shorter = mended.some((line, index) => line.length < lines[index]!.length)
  return {
    lines: mended.filter((line) => line.length > 1),
    repairs: shorter ? ['dropped repeated points'] : [],
  }
}
