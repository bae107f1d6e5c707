import { computed, watch } from 'vue'
import { useBaseVectors } from '../stores/base-vectors.ts'
import { useBasemap } from '../stores/basemap.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import type { MapHost } from './engine/map-host.ts'

/** Hands the host the ground of this city while the component stands: its tilesets at once, its outlines as they come. */
export function useBaseMap(host: MapHost, appearance: () => 'dark' | 'light'): void {
  const [catalogue, basemap, ground] = [useCatalogue(), useBasemap(), useBaseVectors()]
  const manifest = computed(() => basemap.basemap?.manifest)
  const tilesets = computed(() =>
    manifest.value && catalogue.city ? ground.tilesets(catalogue.city.id, manifest.value) : [],
  )
  watch(
    manifest,
    (known) => {
      if (known && catalogue.city) void ground.load(catalogue.city.id, known)
    },
    { immediate: true },
  )
  watch(
    [tilesets, () => ground.vectors, appearance],
    () => host.setBaseMap({ appearance: appearance(), tilesets: tilesets.value, vectors: ground.vectors }),
    { immediate: true },
  )
}
