import { type ComputedRef, computed, readonly, ref, shallowRef, watch } from 'vue'
import { useBaseVectors } from '../../stores/base-vectors.ts'
import { useBasemap } from '../../stores/basemap.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import type { LonLat } from '../../domain/measure.ts'
import type { PickedBuilding, buildingAt } from './building-at.ts'
import type { FlatDrawing } from './flat-drawing.ts'
import type { flatGround } from './flat-ground.ts'
import type { GroundChunks } from './ground-chunks.ts'

/** The ground of this city for the flat map: read, and the code that draws it fetched, when such a map stands on the page. */
export function useFlatGround(appearance: () => 'dark' | 'light') {
  const [catalogue, basemap, base] = [useCatalogue(), useBasemap(), useBaseVectors()]
  const chunks = shallowRef<GroundChunks>()
  const draw = shallowRef<typeof flatGround>()
  const find = shallowRef<typeof buildingAt>()
  /** True until the ground is there or cannot come: a picture taken before would lack it. */
  const pending = ref(false)
  const ground: ComputedRef<FlatDrawing | undefined> = computed(() =>
    chunks.value?.size && draw.value ? draw.value(chunks.value, appearance()) : undefined,
  )
  watch(
    () => basemap.basemap?.manifest,
    async (manifest) => {
      const { city } = catalogue
      if (!manifest || !city) return
      pending.value = true
      await base.load(city.id, manifest)
      if (base.vectors.length === 0) pending.value = false
    },
    { immediate: true },
  )
  watch(
    () => base.vectors,
    async (vectors) => {
      const { city } = catalogue
      if (vectors.length === 0 || !city) {
        chunks.value = undefined
        return
      }
      pending.value = true
      try {
        const [{ groundChunks }, drawing, finding] = await Promise.all([
          import('./ground-chunks.ts'),
          import('./flat-ground.ts'),
          import('./building-at.ts'),
        ])
        const made = await groundChunks(vectors, city.center)
        // A newer map may have come meanwhile.
        if (base.vectors !== vectors) return
        draw.value = drawing.flatGround
        find.value = finding.buildingAt
        chunks.value = made
      } finally {
        if (base.vectors === vectors) pending.value = false
      }
    },
    { immediate: true },
  )
  /** The building drawn at a place while the map shows so many metres a pixel. */
  const buildingOn = (at: LonLat, metresPerPixel: number): PickedBuilding | undefined =>
    ground.value && find.value?.(base.vectors, at, metresPerPixel)
  return { ground, buildingOn, pending: readonly(pending) }
}
