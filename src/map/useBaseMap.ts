import { computed, onScopeDispose, watch } from 'vue'
import type { WetGround } from '../contracts/map-drawing.ts'
import { useBaseVectors } from '../stores/base-vectors.ts'
import { useBasemap } from '../stores/basemap.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import type { MapHost } from './engine/map-host.ts'
import { loadRelief, relief } from './relief.ts'
import { forgetUnread, tellUnread } from './unread-tiles.ts'

/**
 * Hands the host the ground of this city while the component stands: its tilesets at once, its outlines as they come.
 * @param wet ground under water, the same object until it changes
 */
export function useBaseMap(
  host: MapHost,
  appearance: () => 'dark' | 'light',
  wet: () => WetGround | undefined,
): void {
  const [catalogue, basemap, ground] = [useCatalogue(), useBasemap(), useBaseVectors()]
  const manifest = computed(() => basemap.basemap?.manifest)
  const tilesets = computed(() =>
    manifest.value && catalogue.city
      ? ground
          .tilesets(catalogue.city.id, manifest.value)
          // Hills before their heights are known would bury what stands on them.
          .filter(({ kind }) => kind !== 'terrain' || relief.value !== undefined)
      : [],
  )
  watch(
    manifest,
    (known, _, onCleanup) => {
      const { city } = catalogue
      if (!known || !city) return
      let isCurrent = true
      onCleanup(() => (isCurrent = false))
      // The flat ground first: it is what a viewer looks for.
      void ground
        .load(city.id, known)
        .then(() =>
          isCurrent ? loadRelief(known, city.center, (file) => ground.bytes(city.id, file)) : undefined,
        )
    },
    { immediate: true },
  )
  // What stays open tells its faults once: a catalogue heard again, or a terrain that comes late, must not lose them.
  watch(tilesets, (now, before) => {
    const open = new Set(now.map(({ id, url }) => `${id} ${url}`))
    forgetUnread(before.filter(({ id, url }) => !open.has(`${id} ${url}`)).map(({ id }) => id))
  })
  onScopeDispose(() => forgetUnread())
  watch(
    [tilesets, () => ground.vectors, appearance, relief, wet],
    () =>
      host.setBaseMap({
        appearance: appearance(),
        tilesets: tilesets.value,
        vectors: ground.vectors,
        relief: relief.value,
        wet: wet(),
        unread: tellUnread,
      }),
    { immediate: true },
  )
}
