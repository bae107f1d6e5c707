import type { LonLat, Polygons, Ring } from './geojson.ts'

/** Radius in km of the sphere whose surface equals the CGCS2000 ellipsoid's. */
const AUTHALIC_RADIUS_KM = 6371.0072
const RADIANS = Math.PI / 180

/**
 * Area of polygons in km², outer rings less their holes, on the authalic sphere (Chamberlain & Duquette 2007,
 * "Some algorithms for polygons on a sphere", eq. 2). The sphere differs from the ellipsoid by less than 0.3 % here.
 */
export function areaKm2(polygons: Polygons): number {
  return polygons.reduce((sum, [outer, ...holes]) => {
    const inside = holes.reduce((total, hole) => total + ringAreaKm2(hole), 0)
    return sum + (outer ? ringAreaKm2(outer) : 0) - inside
  }, 0)
}

function ringAreaKm2(ring: Ring): number {
  let sum = 0
  for (let index = 0; index + 1 < ring.length; index++) {
    const [fromLongitude, fromLatitude] = ring[index] as LonLat
    const [toLongitude, toLatitude] = ring[index + 1] as LonLat
    const turn = (toLongitude - fromLongitude) * RADIANS
    sum += turn * (2 + Math.sin(fromLatitude * RADIANS) + Math.sin(toLatitude * RADIANS))
  }
  return Math.abs((sum * AUTHALIC_RADIUS_KM ** 2) / 2)
}
