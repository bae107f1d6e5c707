import type { MapFeature } from './map-feature.ts'
import { flattening, radians, semiMajor } from './measure.ts'
import { type Bounds, boundsMeet, boundsOf, crossingShare, sidesOf } from './measure-plane.ts'
import { commonWidth, SideSweep } from './side-sweep.ts'
import { eachMeeting, type Side, type SideTree, sideTree } from './side-tree.ts'

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
/** The sides of each polygon; inside is what lies inside any of them. */
type Shape = readonly { sides: readonly Side[]; tree: SideTree }[]

/** One finding for every pair that overlaps by a square metre or more, the largest first; touching is no finding. */
export function areaConflicts(projects: readonly MapFeature[], areas: readonly MapFeature[]): AreaConflict[] {
  const kept = areas.map(reachOf)
  const found = projects.map(reachOf).flatMap((project) =>
    kept.flatMap((area) => {
      if (!boundsMeet(project.bounds, area.bounds)) return []
      const squareMetres = slabOverlap(project.shape(), area.shape())
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
function reachOf(feature: MapFeature): { id: string; bounds: Bounds; shape(): Shape } {
  const polygons = polygonsOf(feature)
  let shape: Shape | undefined
  return { id: feature.id, bounds: boundsOf(polygons.flat(2)), shape: () => (shape ??= shapeOf(polygons)) }
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
  return polygons.map((rings) => {
    const sides = rings.flatMap((ring) =>
      sidesOf(ring.map(([longitude, latitude]) => [longitude, latitude] as const)),
    )
    return { sides, tree: sideTree(sides) }
  })
}

/**
 * Cuts the plane into horizontal slabs in which no two sides cross: there both shapes are trapezoids, whose common area is
 * their common width integrated over latitude (two Gauss points: exact but for the ellipsoid's curvature within a slab, which
 * is nothing). Unlike clipping it has no special cases and cannot fail.
 */
function slabOverlap(first: Shape, second: Shape): number {
  const heights = cutsOf([...first, ...second])
  const sweeps = [first, second].map((shape) => new SideSweep(shape.map(({ sides }) => sides)))
  return heights.slice(1).reduce((sum, top, index) => {
    const bottom = heights[index]!
    for (const sweep of sweeps) sweep.moveTo(bottom)
    const [half, middle] = [(top - bottom) / 2, (bottom + top) / 2]
    const strips = [middle - half * GAUSS, middle + half * GAUSS].map((y) => {
      const [one, other] = sweeps.map((sweep) => sweep.stretchesAt(y))
      return commonWidth(one!, other!) * squareDegree(y)
    })
    return sum + half * (strips[0]! + strips[1]!)
  }, 0)
}

/** Latitudes of all corners and crossings, south to north. */
function cutsOf(polygons: Shape): number[] {
  const cuts = new Set(polygons.flatMap(({ sides }) => sides.map(([[, y]]) => y)))
  polygons.forEach(({ tree }, index) => {
    // Within a polygon no side crosses another.
    for (const other of polygons.slice(index + 1))
      eachMeeting(tree, other.tree, (side, met) => {
        const share = crossingShare(side, met)
        if (share !== undefined) cuts.add(side[0][1] + share * (side[1][1] - side[0][1]))
      })
  })
  return [...cuts].sort((a, b) => a - b)
}

const GAUSS = 1 / Math.sqrt(3)

/** Square metres of a square degree at a latitude: the product of the two radii of curvature. */
function squareDegree(latitude: number): number {
  const squared = flattening * (2 - flattening)
  const [sine, cosine] = [Math.sin(radians(latitude)), Math.cos(radians(latitude))]
  return (semiMajor ** 2 * (1 - squared) * cosine * radians(1) ** 2) / (1 - squared * sine ** 2) ** 2
}

function polygonsOf({ geometry }: MapFeature): Polygons {
  if (geometry.type === 'Polygon') return [geometry.coordinates]
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : []
}
