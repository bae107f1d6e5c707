import type { Geometry } from './map-feature.ts'
import type { LonLat } from './measure.ts'
import { boundsOf } from './measure-plane.ts'

type Position = readonly [number, number, ...number[]]

/** Every position of a geometry, in its order. */
export function positionsOf(geometry: Geometry): readonly Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates]
    case 'LineString':
      return geometry.coordinates
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flat()
    case 'MultiPolygon':
      return geometry.coordinates.flat(2)
  }
}

/** Where to look to see a thing, and how far it reaches in degrees: the middle of its box; of a line, its own middle position. */
export function centerOf(geometry: Geometry): LonLat {
  const positions = positionsOf(geometry)
  if (geometry.type === 'LineString') {
    const [longitude, latitude] = positions[Math.floor((positions.length - 1) / 2)]!
    return [longitude, latitude]
  }
  const { west, east, south, north } = boundsOf(positions)
  return [(west + east) / 2, (south + north) / 2]
}
