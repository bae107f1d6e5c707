import { type ComputedRef, computed, watch } from 'vue'
import type { FeatureView } from '../contracts/map-feature-view.ts'
import type { MapLayer } from '../contracts/map-layer.ts'
import { useFeatures } from '../stores/features.ts'
import { useMapView } from '../stores/map-view.ts'

const unasked: FeatureView = { features: [], state: 'missing', forecast: false, provenance: 'synthetic' }

export interface LayerFeatures {
  of(collection: string): FeatureView
}

/**
 * The collections of the layers that are on, at the map's instant; asked for as long as this lives. A new object when one of
 * them changes, because layers look into it when they build, which is later.
 */
export function useLayerFeatures(layers: () => readonly MapLayer[]): ComputedRef<LayerFeatures> {
  const [features, mapView] = [useFeatures(), useMapView()]
  const wanted = computed(() =>
    [...new Set(layers().flatMap(({ collections = [] }) => collections))].sort().join(),
  )
  const ids = computed(() => (wanted.value === '' ? [] : wanted.value.split(',')))
  watch(ids, (collections, _, onCleanup) => onCleanup(features.want(collections, () => mapView.atMs)), {
    immediate: true,
  })
  return computed(() => {
    const views = new Map(ids.value.map((id) => [id, features.view(id)]))
    return { of: (collection) => views.get(collection) ?? unasked }
  })
}
