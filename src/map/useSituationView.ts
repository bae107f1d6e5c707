import { type ComputedRef, computed } from 'vue'
import type { MapLayer, RegionShape, SituationView } from '../contracts/map-layer.ts'
import type { Indicator } from '../domain/indicator.ts'
import { displayValue } from '../domain/number-format.ts'
import type { MapTheme } from '../domain/scene.ts'
import type { Language } from '../domain/text.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useMapRegions } from '../stores/map-regions.ts'
import { useMapView } from '../stores/map-view.ts'
import { useScene } from '../stores/scene.ts'
import { useSituation } from '../stores/situation.ts'
import { u, useViewportRevision } from '../ui/viewport.ts'
import { useAppearance } from '../ui/appearance.ts'
import { useWords } from '../ui/words.ts'
import { useLayerFeatures } from './useLayerFeatures.ts'
import type { ThemeFigures } from './useThemeFigures.ts'

export interface SituationViewSource {
  theme: () => MapTheme | undefined
  shapes: () => readonly RegionShape[]
  /** Below the county somebody has gone down to. */
  units: () => readonly RegionShape[]
  zones: () => readonly RegionShape[]
  figures: () => ThemeFigures
  project: () => SituationView['project']
  pointed: () => string | undefined
  /** The layers that are on: their collections are asked for, the others' not. */
  layers: () => readonly MapLayer[]
}

/** Everything the layers may read, as plain data of this instant; a new one only when something in it changed. */
export function useSituationView({
  theme,
  shapes,
  units,
  zones,
  figures,
  project,
  pointed,
  layers,
}: SituationViewSource): ComputedRef<SituationView | undefined> {
  const [catalogue, scene, situation] = [useCatalogue(), useScene(), useSituation()]
  const [mapView, places] = [useMapView(), useMapRegions()]
  const things = useLayerFeatures(layers)
  const { language, name } = useWords()
  const [appearance, viewport] = [useAppearance(), useViewportRevision()]

  return computed(() => {
    const chosen = theme()
    if (!chosen || viewport.value < 0) return undefined
    const [known, collections] = [figures(), things.value]
    return {
      theme: chosen,
      shapes: shapes(),
      units: units(),
      selectedUnit: places.place,
      zones: zones(),
      pointedRegion: pointed(),
      selectedRegion: scene.region === catalogue.city?.root ? undefined : scene.region,
      latest: (indicator, region, dims) => {
        // What a panel would print as a dash has no column and no class either.
        const figure = known.get(indicator, region, dims)
        return figure?.freshness === 'missing' ? undefined : figure?.observation
      },
      incidents: situation.incidents,
      warnings: situation.warnings,
      atMs: mapView.atMs,
      features: (collection) => collections.of(collection),
      selectedFeature: mapView.selectedFeature,
      underground: mapView.underground,
      // The same function for the same ground: what was laid on it is known by it.
      project: project(),
      format: (code, value) => written(catalogue.indicators.get(code), value, language.value),
      text: (words) => name(words),
      appearance: appearance.value,
      city: catalogue.city?.root ?? '',
      placeName: (code) => catalogue.regionName(code, true),
      u,
      columnWidth: window.innerWidth / window.innerHeight >= 2.3 ? 20 : 15,
    }
  })
}

function written(indicator: Indicator | undefined, value: number, language: Language): string {
  return indicator ? displayValue(indicator, value, language).text : ''
}
