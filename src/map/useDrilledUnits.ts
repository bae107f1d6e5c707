import { type ComputedRef, computed, watch } from 'vue'
import type { EnuMetres, RegionShape } from '../contracts/map-layer.ts'
import type { Region } from '../domain/region.ts'
import { type UnitLayer, useBaseUnits } from '../stores/base-units.ts'
import { useBasemap } from '../stores/basemap.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useMapRegions } from '../stores/map-regions.ts'
import { regionShapes } from './region-shapes.ts'

const layerBelow: Readonly<Partial<Record<Region['level'], UnitLayer>>> = {
  county: 'towns',
  zone: 'towns',
  town: 'communities',
}

/**
 * Outlines of what lies below the county a viewer has gone down to, the deepest last: its towns, and those of a town's communities
 * that the base map has. A zone shows the towns it runs. Asked by the day, in the city's zone: two halves of a map may stand at two.
 */
export function useDrilledUnits(
  project: (longitude: number, latitude: number) => EnuMetres,
): ComputedRef<(day: string) => readonly RegionShape[]> {
  const [basemap, catalogue, regions, units] = [useBasemap(), useCatalogue(), useMapRegions(), useBaseUnits()]
  /** Units on the way down that may have outlined ones below them. */
  const parents = computed(() => {
    const above = regions.path.flatMap(({ code, level }) =>
      layerBelow[level] ? [{ code, layer: layerBelow[level] }] : [],
    )
    return above
  })
  watch(
    [parents, () => basemap.basemap?.manifest],
    ([wanted, manifest]) => {
      if (!manifest || !catalogue.city) return
      for (const { code, layer } of wanted) {
        void units.load(catalogue.city.id, manifest, layer)
        void regions.ask(code)
      }
    },
    { immediate: true },
  )
  return computed(() => {
    const wanted = parents.value
    return (day) =>
      wanted.flatMap(({ code, layer }) => {
        const collection = units.collections.get(layer)
        const below = new Map(regions.children(code, day).map((region) => [region.code, region]))
        return collection && below.size > 0 ? regionShapes(collection, below, project, day) : []
      })
  })
}
