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

/** The layer plugins of a theme, fetched once `wanted`. A theme that names an unknown layer says so and keeps the others. */
export function useMapLayers(
  theme: () => MapTheme | undefined,
  registry: () => LayerRegistry,
  wanted: () => boolean,
): { layers: ShallowRef<readonly MapLayer[]>; error: Ref<string | undefined> } {
  const layers = shallowRef<readonly MapLayer[]>([])
  const error = ref<string>()

  watch(
    [() => (wanted() ? layerIds(theme()).join() : ''), registry],
    async ([list, plugins], _, onCleanup) => {
      let current = true
      onCleanup(() => (current = false))
      if (list === '') return
      const ids = list.split(',')
      const unknown = ids.filter((id) => !plugins.has(id))
      const loaded = await Promise.allSettled(ids.flatMap((id) => plugins.get(id)?.() ?? []))
      if (!current) return
      layers.value = loaded.flatMap((one) => (one.status === 'fulfilled' ? [one.value.default] : []))
      const failed = loaded.find((one) => one.status === 'rejected')
      error.value =
        unknown.length > 0 ? `no map layer ${unknown.join()}` : failed ? String(failed.reason) : undefined
    },
    { immediate: true },
  )
  return { layers, error }
}
