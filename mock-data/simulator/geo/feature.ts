import type { FeatureKind, PropertiesOf } from '../../../src/domain/feature-kinds.ts'
import type { Geometry, MapFeature } from '../../../src/domain/map-feature.ts'
import { toLonLat, type LonLat, type Metres } from './plane.ts'

type Named = { name?: string; region?: string }

/** A feature of one collection; the compiler looks at its properties. */
export function featureOf<K extends FeatureKind>(
  _kind: K,
  id: string,
  geometry: Geometry,
  properties: PropertiesOf<K> & Named,
): MapFeature {
  return { type: 'Feature', id, geometry, properties }
}

export function pointAt([longitude, latitude]: LonLat, height?: number): Geometry {
  return {
    type: 'Point',
    coordinates: height === undefined ? [longitude, latitude] : [longitude, latitude, height],
  }
}

export function lineThrough(points: readonly Metres[]): Geometry {
  return { type: 'LineString', coordinates: points.map(toLonLat) }
}

export function closed(points: readonly Metres[]): [number, number][] {
  const ring = points.map(toLonLat)
  return [...ring, ring[0]!]
}

/** Outer ring first, then its holes; rings given open, in metres. */
export function areaOf(...rings: readonly (readonly Metres[])[]): Geometry {
  return { type: 'Polygon', coordinates: rings.map(closed) }
}

/** 3 → '003'. */
export function numbered(prefix: string, index: number, digits = 2): string {
  return `${prefix}${String(index).padStart(digits, '0')}`
}
