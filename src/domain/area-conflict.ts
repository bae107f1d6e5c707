import type { MapFeature } from './map-feature.ts'
import { flattening, radians, semiMajor } from './measure.ts'
import { boundsMeet, boundsOf, crossingShare, type PlanePoint, sidesOf } from './measure-plane.ts'

/** A project that lies in a protected area, and by how much. */
export interface AreaConflict {
  project: string
  area: string
  squareMetres: number
}

/** Below this two neighbours touch: what their common border's rounding leaves is no overlap. */
export const leastOverlap = 1

/** GeoJSON MultiPolygon coordinates: polygons of rings, the outer first. Polygons may lie on one another. */
type Polygons = readonly (readonly (readonly (readonly [number, number, ...number[]])[])[])[]
type Side = readonly [PlanePoint, PlanePoint]
/** Sides of each polygon; inside is what lies inside any of them. */
type Shape = readonly (readonly Side[])[]

/** One finding for every pair that overlaps by a square metre or more, the largest first; touching is no finding. */
export function areaConflicts(projects: readonly MapFeature[], areas: readonly MapFeature[]): AreaConflict[] {
  const kept = areas.map(reachOf)
  const found = projects.map(reachOf).flatMap((project) =>
    kept.flatMap((area) => {
      if (!boundsMeet(project.bounds, area.bounds)) return []
      const squareMetres = overlapArea(project.polygons, area.polygons)
      return squareMetres >= leastOverlap ? [{ project: project.id, area: area.id, squareMetres }] : []
    }),
  )
  return found.sort((a, b) => b.squareMetres - a.squareMetres)
}

/**
 * Square metres of protected land that each project takes, by its id, where it takes any: ground that several areas protect
 * counts once.
 */
export function landTaken(
  projects: readonly MapFeature[],
  areas: readonly MapFeature[],
): Map<string, number> {
  const [found, byId] = [areaConflicts(projects, areas), new Map(areas.map((area) => [area.id, area]))]
  const taken = new Map<string, number>()
  for (const project of projects) {
    const met = found.filter((one) => one.project === project.id)
    const kept = met.flatMap(({ area }) => polygonsOf(byId.get(area)!))
    const only = met.length === 1 ? met[0]!.squareMetres : overlapArea(polygonsOf(project), kept)
    if (met.length > 0) taken.set(project.id, only)
  }
  return taken
}

/** With its box, made once: a city has thousands of either, and nearly every pair lies far apart. */
function reachOf(feature: MapFeature) {
  const polygons = polygonsOf(feature)
  return { id: feature.id, polygons, bounds: boundsOf(polygons.flat(2)) }
}

/**
 * Square metres that both cover; 0 for what has no area. Sides are straight in degrees (RFC 7946, 3.1.1), so neighbours with a
 * common border touch however many corners each has along it; areas are the ellipsoid's.
 */
export function overlapArea(first: Polygons, second: Polygons): number {
  if (!boundsMeet(boundsOf(first.flat(2)), boundsOf(second.flat(2)))) return 0
  return slabOverlap(shapeOf(first), shapeOf(second))
}

function shapeOf(polygons: Polygons): Shape {
  return polygons.map((rings) =>
    rings.flatMap((ring) => sidesOf(ring.map(([longitude, latitude]) => [longitude, latitude]))),
  )
}

/**
 * Cuts the plane into horizontal slabs in which no two sides cross: there both shapes are trapezoids, whose common area is
 * their common width integrated over latitude (two Gauss points: exact but for the ellipsoid's curvature within a slab, which
 * is nothing). Unlike clipping it has no special cases and cannot fail.
 */
function slabOverlap(first: Shape, second: Shape): number {
  const polygons = [...first, ...second].map((sides) => ({ sides, reach: boundsOf(sides.flat()) }))
  const cuts = new Set(polygons.flatMap(({ sides }) => sides.map(([[, y]]) => y)))
  polygons.forEach((one, index) => {
    // Within a polygon no side crosses another.
    for (const other of polygons.slice(index + 1))
      if (boundsMeet(one.reach, other.reach)) addCrossings(cuts, one.sides, other.sides)
  })
  const heights = [...cuts].sort((a, b) => a - b)
  return heights.slice(1).reduce((sum, top, index) => {
    const bottom = heights[index]!
    const [half, middle] = [(top - bottom) / 2, (bottom + top) / 2]
    const strips = [middle - half * GAUSS, middle + half * GAUSS].map(
      (y) => commonWidth(spansAt(first, y), spansAt(second, y)) * squareDegree(y),
    )
    return sum + half * (strips[0]! + strips[1]!)
  }, 0)
}

function addCrossings(cuts: Set<number>, first: readonly Side[], second: readonly Side[]): void {
  for (const side of first) {
    const reach = boundsOf(side)
    for (const other of second) {
      const share = boundsMeet(reach, boundsOf(other)) ? crossingShare(side, other) : undefined
      if (share !== undefined) cuts.add(side[0][1] + share * (side[1][1] - side[0][1]))
    }
  }
}

const GAUSS = 1 / Math.sqrt(3)

/** Square metres of a square degree at a latitude: the product of the two radii of curvature. */
function squareDegree(latitude: number): number {
  const squared = flattening * (2 - flattening)
  const [sine, cosine] = [Math.sin(radians(latitude)), Math.cos(radians(latitude))]
  return (semiMajor ** 2 * (1 - squared) * cosine * radians(1) ** 2) / (1 - squared * sine ** 2) ** 2
}

/** Where a horizontal line runs inside, west to east and apart: of each polygon by the even-odd rule, of all what any covers. */
function spansAt(shape: Shape, y: number): [number, number][] {
  const spans = shape.flatMap((sides) => spansOfOne(sides, y)).sort((a, b) => a[0] - b[0])
  return spans.reduce<[number, number][]>((apart, [from, to]) => {
    const last = apart.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else apart.push([from, to])
    return apart
  }, [])
}

function spansOfOne(sides: readonly Side[], y: number): [number, number][] {
  const crossed = sides
    .filter(([a, b]) => a[1] > y !== b[1] > y)
    .map(([a, b]) => a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
    .sort((a, b) => a - b)
  return crossed.flatMap((x, index) => (index % 2 === 1 ? [[crossed[index - 1]!, x]] : []))
}

function commonWidth(first: readonly [number, number][], second: readonly [number, number][]): number {
  let width = 0
  for (const [from, to] of first)
    for (const [start, end] of second) width += Math.max(0, Math.min(to, end) - Math.max(from, start))
  return width
}

function polygonsOf({ geometry }: MapFeature): Polygons {
  if (geometry.type === 'Polygon') return [geometry.coordinates]
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : []
}
