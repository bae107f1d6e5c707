import { intersection } from 'polyclip-ts'
import type { LonLat, Polygons, Ring } from '../regions/geojson.ts'

export interface Site {
  at: LonLat
  /** Square degrees by which its cell reaches further; 0 for a plain Voronoi cell. */
  weight: number
}

/**
 * The weighted Voronoi (power) diagram of sites inside polygons (Aurenhammer 1987): each point belongs to the site with the
 * least squared distance less its weight. Cells are convex before they are cut to the polygons.
 * @param shrink metres of a degree east over those of a degree north
 */
export function powerCells(sites: readonly Site[], inside: Polygons, shrink: number): Polygons[] {
  const bounds = boundsOf(inside)
  return sites.map((site) => {
    let cell = bounds
    for (const other of sites) if (other !== site) cell = halfPlane(cell, site, other, shrink)
    if (cell.length < 3) return []
    const cut = intersection([[...cell, cell[0]!]], inside) as Polygons
    return cut.map((rings) => rings.map((ring) => ring.map(rounded)))
  })
}

function boundsOf(polygons: Polygons): Ring {
  const points = polygons.flat(2)
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [west, east, south, north] = [
    Math.min(...xs) - 1,
    Math.max(...xs) + 1,
    Math.min(...ys) - 1,
    Math.max(...ys) + 1,
  ]
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]
}

/** The part of a convex ring that is nearer to one site than to another (Sutherland and Hodgman 1974). */
function halfPlane(ring: Ring, site: Site, other: Site, shrink: number): Ring {
  const excess = ([x, y]: LonLat): number => {
    const far = (to: Site) => ((x - to.at[0]) * shrink) ** 2 + (y - to.at[1]) ** 2 - to.weight
    return far(site) - far(other)
  }
  return ring.flatMap((point, index) => {
    const next = ring[(index + 1) % ring.length]!
    const [here, there] = [excess(point), excess(next)]
    const kept: Ring = here <= 0 ? [point] : []
    if (here <= 0 === there <= 0) return kept
    const share = here / (here - there)
    return [...kept, [point[0] + (next[0] - point[0]) * share, point[1] + (next[1] - point[1]) * share]]
  })
}

function rounded([longitude, latitude]: [number, number]): LonLat {
  return [Math.round(longitude * 1e5) / 1e5, Math.round(latitude * 1e5) / 1e5]
}
