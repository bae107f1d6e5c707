import type { FeatureKind, PropertiesOf } from '../domain/feature-kinds.ts'
import type { FeatureAnswer, MapFeature } from '../domain/map-feature.ts'

/** A feature whose properties are those of its collection's kind. */
export type FeatureOf<K extends string> = Omit<MapFeature, 'properties'> & {
  properties: MapFeature['properties'] & (K extends FeatureKind ? PropertiesOf<K> : object)
}

/** One collection at the map's instant, as a layer sees it. `state` is told on the screen by the map, never by the layer. */
export interface FeatureView<K extends string = string> {
  features: readonly FeatureOf<K>[]
  state: 'loading' | 'ready' | 'late' | 'missing'
  /** True when the map stands at a time after the source spoke: drawn hatched or dashed, and labelled. */
  forecast: boolean
  /** True when the map stands at a time to come of which the source says nothing, so that this is how things are now: labelled 现状. */
  standing?: boolean
  provenance: FeatureAnswer['provenance']
}
