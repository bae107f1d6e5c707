import { type ComputedRef, type ShallowRef, computed, shallowRef, watch } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { MapTheme } from '../domain/scene.ts'
import { type Side, useMapView } from '../stores/map-view.ts'
import { useMapWords } from '../ui/map-words.ts'
import { useWords } from '../ui/words.ts'
import { layerGuard } from './layer-guard.ts'
import { drawnFor } from './sided-layers.ts'

type LayerRegistry = ReadonlyMap<string, () => Promise<{ default: MapLayer }>>

/** Drawn under every theme, from the ground up; a theme's own layers come above them. */
const GROUND_UP = ['district-land', 'town-outlines', 'zone-outlines', 'district-columns', 'incident-marks']

/** Ids of a theme's layers, in drawing order, each once. */
export function layerIds(theme: MapTheme | undefined): string[] {
  return [...new Set([...GROUND_UP, ...(theme?.layers ?? [])])]
}

/** The same as a viewer changed them: what was switched on comes above what the theme shows. */
export function chosenLayerIds(
  theme: MapTheme | undefined,
  { layersOn, layersOff }: { layersOn: ReadonlySet<string>; layersOff: ReadonlySet<string> },
): string[] {
  return [...new Set([...layerIds(theme), ...layersOn])].filter((id) => !layersOff.has(id))
}

/** What a theme shows above the ground: what tells one theme from another. */
export function thematicIds(ids: readonly string[]): string[] {
  return ids.filter((id) => !GROUND_UP.includes(id))
}

export interface ShownLayer {
  id: string
  layer: MapLayer
  /** The layer as one half of a comparison asks it. */
  half?: (side: Side) => MapLayer
}

/**
 * The layer plugins of that list, fetched once `wanted`. `error` names what a theme asks for and nobody has, and every layer that
 * cannot draw what it was told; the others stay.
 */
export function useMapLayers(
  wantedIds: () => readonly string[],
  registry: () => LayerRegistry,
  wanted: () => boolean,
): { layers: ShallowRef<readonly ShownLayer[]>; error: ComputedRef<string | undefined> } {
  const layers = shallowRef<readonly ShownLayer[]>([])
  /** Ids that nobody has, or whose code did not come. */
  const absent = shallowRef<readonly string[]>([])
  const guard = layerGuard()
  const view = useMapView()
  const { m } = useMapWords()
  const { name, list } = useWords()
  const error = computed(() => {
    const shown = new Map(layers.value.map(({ id, layer }) => [layer.title, drawnFor(id, view.comparison)]))
    const titles = guard.failed.value
      .filter(({ title, side, legend }) => shown.get(title)?.includes(side) || (legend && shown.has(title)))
      .map(({ title }) => name(title))
    const named = list([...new Set([...absent.value, ...titles])])
    return named === '' ? undefined : m('note.undrawn', { layers: named })
  })

  watch(
    [() => (wanted() ? wantedIds().join() : ''), registry],
    async ([wantedNow, plugins], _, onCleanup) => {
      let current = true
      onCleanup(() => (current = false))
      if (wantedNow === '') return
      const ids = wantedNow.split(',')
      const loaded = await Promise.all(ids.map((id) => layerOf(id, plugins)))
      if (!current) return
      layers.value = loaded.flatMap(({ id, layer }) =>
        layer ? [{ id, layer: guard.of(layer), half: (side: Side) => guard.of(layer, side) }] : [],
      )
      absent.value = loaded.flatMap(({ id, layer }) => (layer ? [] : [id]))
    },
    { immediate: true },
  )
  return { layers, error }
}

async function layerOf(id: string, plugins: LayerRegistry): Promise<{ id: string; layer?: MapLayer }> {
  try {
    const plugin = await plugins.get(id)?.()
    return plugin ? { id, layer: plugin.default } : { id }
  } catch (error) {
    reportError(error)
    return { id }
  }
}
