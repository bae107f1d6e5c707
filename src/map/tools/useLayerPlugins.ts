import { computed, type ComputedRef, type Ref, ref, shallowRef, type ShallowRef } from 'vue'
import type { MapLayer } from '../../contracts/map-layer.ts'
import { localText } from '../../domain/text.ts'

export interface LayerPlugin {
  id: string
  layer: MapLayer
}
export type LayerRegistry = ReadonlyMap<string, () => Promise<{ default: MapLayer }>>

/** Every layer there is with its own title, fetched when the list is first looked at. One that cannot be fetched is left out and told. */
export function useLayerPlugins(registry: () => LayerRegistry): {
  plugins: ShallowRef<readonly LayerPlugin[]>
  failed: Ref<readonly string[]>
  load(): Promise<readonly LayerPlugin[]>
  byCollection: ComputedRef<ReadonlyMap<string, string>>
} {
  const plugins = shallowRef<readonly LayerPlugin[]>([])
  const failed = ref<readonly string[]>([])
  let loading: Promise<readonly LayerPlugin[]> | undefined

  async function fetchAll(): Promise<readonly LayerPlugin[]> {
    const ids = [...registry().keys()]
    const loaded = await Promise.allSettled(ids.map(async (id) => await registry().get(id)!()))
    plugins.value = loaded
      .flatMap((one, index) =>
        one.status === 'fulfilled' ? [{ id: ids[index]!, layer: one.value.default }] : [],
      )
      .sort((a, b) => (localText(a.layer.title, 'zh') < localText(b.layer.title, 'zh') ? -1 : 1))
    failed.value = ids.filter((_, index) => loaded[index]!.status === 'rejected')
    if (failed.value.length > 0) loading = undefined
    return plugins.value
  }

  return {
    plugins,
    failed,
    load: () => (loading ??= fetchAll()),
    /** The layer that draws a collection; of several the one that draws nothing else. */
    byCollection: computed(() => {
      const found = new Map<string, string>()
      for (const { id, layer } of plugins.value.toSorted(
        (a, b) => (a.layer.collections?.length ?? 0) - (b.layer.collections?.length ?? 0),
      ))
        for (const collection of layer.collections ?? [])
          if (!found.has(collection)) found.set(collection, id)
      return found
    }),
  }
}
