import { type Ref, type ShallowRef, ref, shallowRef, watch } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { MapTheme } from '../domain/scene.ts'

type LayerRegistry = ReadonlyMap<string, () => Promise<{ default: MapLayer }>>

/** Drawn under every theme, from the ground up; a theme's own layers come above them. */
const GROUND_UP = ['district-land', 'district-columns', 'incident-marks']

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
}

/** The layer plugins of that list, fetched once `wanted`. A theme that names an unknown layer says so and keeps the others. */
export function useMapLayers(
  wantedIds: () => readonly string[],
  registry: () => LayerRegistry,
  wanted: () => boolean,
): { layers: ShallowRef<readonly ShownLayer[]>; error: Ref<string | undefined> } {
  const layers = shallowRef<readonly ShownLayer[]>([])
  const error = ref<string>()

  watch(
    [() => (wanted() ? wantedIds().join() : ''), registry],
    async ([list, plugins], _, onCleanup) => {
      let current = true
      onCleanup(() => (current = false))
      if (list === '') return
      const ids = list.split(',')
      const unknown = ids.filter((id) => !plugins.has(id))
      const loaded = await Promise.allSettled(
        ids.flatMap(
          (id) =>
            plugins
              .get(id)?.()
              .then((plugin) => ({ id, layer: plugin.default })) ?? [],
        ),
      )
      if (!current) return
      layers.value = loaded.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      const failed = loaded.find((one) => one.status === 'rejected')
      error.value =
        unknown.length > 0 ? `no map layer ${unknown.join()}` : failed ? String(failed.reason) : undefined
    },
    { immediate: true },
  )
  return { layers, error }
}
