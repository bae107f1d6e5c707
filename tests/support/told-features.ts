import * as v from 'valibot'
import type { SituationView } from '../../src/contracts/map-layer.ts'
import { type FeatureKind, featureKinds } from '../../src/domain/feature-kinds.ts'
import { type Geometry, type MapFeature, MapFeatureSchema } from '../../src/domain/map-feature.ts'
import type { Observation } from '../../src/domain/observation.ts'
import { silentView } from './silent-view.ts'

/** Collections as a source would tell them; every feature is checked by its kind, so that a layer is tested on what can come. */
export type ToldFeatures = Readonly<Partial<Record<FeatureKind, readonly MapFeature[]>>>

export function told(
  kind: FeatureKind,
  id: string,
  geometry: Geometry,
  properties: Record<string, unknown>,
): MapFeature {
  v.parse(featureKinds[kind], properties)
  return v.parse(MapFeatureSchema, { type: 'Feature', id, geometry, properties })
}

export const point = (longitude: number, latitude: number): Geometry => ({
  type: 'Point',
  coordinates: [longitude, latitude],
})

export const line = (...coordinates: [number, number][]): Geometry => ({ type: 'LineString', coordinates })

/** A square with its south-west corner there, `side` degrees wide. */
export const square = (west: number, south: number, side: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south],
    ],
  ],
})

/** The silent city, told these features. */
export function tellingView(
  features: ToldFeatures,
  {
    forecast = false,
    standing = false,
    ...more
  }: Partial<SituationView> & { forecast?: boolean; standing?: boolean } = {},
): SituationView {
  const answer = (collection: string) => ({
    features: features[collection as FeatureKind] ?? [],
    state: 'ready' as const,
    forecast,
    standing,
    provenance: 'synthetic' as const,
  })
  // What is asked for by its kind was checked against that kind when it was told.
  return { ...silentView, features: answer as SituationView['features'], ...more }
}

/** A figure of a series with dims. */
export function toldObservation(
  indicator: string,
  dims: Record<string, string>,
  value: number | null,
): Observation {
  return {
    indicator,
    region: silentView.city,
    dims,
    value,
    unit: '{index}',
    status: 'A',
    flags: [],
    provenance: 'synthetic',
    source: 'demo',
    period: { start: '2026-08-06T05:00:00Z', end: '2026-08-06T06:00:00Z', label: '2026-08-06T13' },
    resultTime: '2026-08-06T06:00:00Z',
    receivedAt: '2026-08-06T06:00:00Z',
    revision: 0,
    lineage: 'l',
    comparisons: [],
  }
}
