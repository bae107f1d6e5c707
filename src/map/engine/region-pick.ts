import type { EnuMetres, RegionShape } from '../../contracts/map-layer.ts'

/** A column on the screen, in CSS pixels: what stands in front of the ground is picked first. */
export interface Stem {
  region: string
  left: number
  right: number
  top: number
  bottom: number
}

/** The column under the pointer; of several the nearest to the viewer, whose foot is lowest on the screen. */
export function stemAt(stems: readonly Stem[], x: number, y: number): string | undefined {
  const hits = stems.filter(
    ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
  )
  return hits.toSorted((a, b) => b.bottom - a.bottom)[0]?.region
}

/** The unit that holds a ground point, ENU metres. */
export function regionAt(shapes: readonly RegionShape[], [east, north]: EnuMetres): string | undefined {
  return shapes.find(({ polygons }) => polygons.some((rings) => insideRings(rings, east, north)))?.region.code
}

/** Even-odd over all rings, so a hole is outside. */
export function insideRings(rings: readonly (readonly EnuMetres[])[], east: number, north: number): boolean {
  let inside = false
  for (const ring of rings) {
    for (let index = 0, last = ring.length - 1; index < ring.length; last = index++) {
      const [fromEast, fromNorth] = ring[last]!
      const [toEast, toNorth] = ring[index]!
      const crosses = fromNorth > north !== toNorth > north
      if (crosses && east < ((toEast - fromEast) * (north - fromNorth)) / (toNorth - fromNorth) + fromEast)
        inside = !inside
    }
  }
  return inside
}
