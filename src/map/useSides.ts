import { type ComputedRef, computed, watch } from 'vue'
import type { MapLayer, SituationView } from '../contracts/map-layer.ts'
import { incidentsAt, warningsAt } from '../domain/incidents-at.ts'
import type { MapTheme } from '../domain/scene.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useFeatures } from '../stores/features.ts'
import { useFiguresAt } from '../stores/figures-at.ts'
import { type Side, useMapView } from '../stores/map-view.ts'
import { type SideView, sidedLayers } from './sided-layers.ts'
import type { ShownLayer } from './useMapLayers.ts'

export interface SidesSource {
  shown: () => readonly ShownLayer[]
  theme: () => MapTheme | undefined
  /** Boundaries of the day of an instant, on every level. */
  boundsAt: (atMs: number) => Pick<SituationView, 'shapes' | 'units' | 'zones'>
}

/**
 * The layers as they are to be drawn: once, or each half for itself where the viewer compares two instants. A half asks for its own
 * collections and figures at its own instant; one that has no instant shows what the map shows.
 */
export function useSides(source: SidesSource): {
  layers: ComputedRef<MapLayer[]>
  /** Halves of which figures could not be read: what they lack is not known to be missing. */
  unread: ComputedRef<readonly Side[]>
} {
  const view = useMapView()
  const [left, right] = [useSide('left', source), useSide('right', source)]
  const layers = computed(() =>
    sidedLayers(source.shown(), view.comparison, {
      ...(left.view.value ? { left: left.view.value } : {}),
      ...(right.view.value ? { right: right.view.value } : {}),
    }),
  )
  const unread = computed(() => [
    ...(left.unread.value ? (['left'] as const) : []),
    ...(right.unread.value ? (['right'] as const) : []),
  ])
  return { layers, unread }
}

function useSide(
  side: Side,
  { shown, theme, boundsAt }: SidesSource,
): { view: ComputedRef<SideView | undefined>; unread: ComputedRef<boolean> } {
  const [catalogue, features, view] = [useCatalogue(), useFeatures(), useMapView()]
  const atMs = computed(() => view.comparison?.instants?.[side])
  const other: Side = side === 'left' ? 'right' : 'left'
  const layers = computed(() =>
    shown().flatMap(({ id, layer }) => (view.comparison?.[other].has(id) ? [] : [layer])),
  )
  const ids = computed(() => collectionsAt(layers.value).join())
  const { figures, anyFailed } = useFiguresAt(() => ({
    codes: codesOf(theme(), layers.value),
    regions: [catalogue.city?.root ?? '', ...catalogue.counties.map(({ code }) => code)],
    atMs: atMs.value,
  }))
  watch(
    [ids, atMs],
    ([list, at], _, onCleanup) => {
      if (at !== undefined && list !== '') onCleanup(features.want(list.split(','), at, side))
    },
    { immediate: true },
  )
  const bounds = computed(() => (atMs.value === undefined ? undefined : boundsAt(atMs.value)))

  const sideView = computed((): SideView | undefined => {
    const at = atMs.value
    if (at === undefined) return undefined
    const own = new Map(ids.value.split(',').map((id) => [id, features.view(id, side)]))
    const drawn = bounds.value
    const latest = figures.value
    return (base): SituationView => ({
      ...base,
      atMs: at,
      playMs: undefined,
      ...drawn,
      latest,
      incidents: incidentsAt(base.incidents, at),
      warnings: warningsAt(base.warnings, at),
      features: (collection) => own.get(collection) ?? base.features(collection),
    })
  })
  return { view: sideView, unread: anyFailed }
}

/** What was found about a past is taken as it is known now; everything else as it stood. */
function collectionsAt(layers: readonly MapLayer[]): string[] {
  const inHindsight = new Set(layers.flatMap((layer) => (layer.hindsight ? (layer.collections ?? []) : [])))
  const all = new Set(layers.flatMap(({ collections = [] }) => collections))
  return [...all].filter((id) => !inHindsight.has(id)).sort()
}

function codesOf(theme: MapTheme | undefined, layers: readonly MapLayer[]): string[] {
  const printed = layers.flatMap(({ indicators = [] }) => indicators)
  return [...new Set([theme?.column, theme?.land?.indicator, ...printed])]
    .filter((code) => code !== undefined)
    .sort()
}
