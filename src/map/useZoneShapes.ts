import { type ComputedRef, computed, watch } from 'vue'
import type { EnuMetres, RegionShape } from '../contracts/map-layer.ts'
import { useBaseUnits } from '../stores/base-units.ts'
import { useBasemap } from '../stores/basemap.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useMapRegions } from '../stores/map-regions.ts'
import { regionShapes } from './region-shapes.ts'

/**
 * Each functional zone as the streets it runs: nobody surveyed it, and the streets of the base map are sketched themselves. A zone
 * of which no street is known has no shape. Asked by the day, in the city's zone: two halves of a map may stand at two.
 * @param wanted false until a layer that draws zones is on
 */
export function useZoneShapes(
  project: () => (longitude: number, latitude: number) => EnuMetres,
  wanted: () => boolean,
): ComputedRef<(day: string) => readonly RegionShape[]> {
  const [basemap, catalogue, regions, units] = [useBasemap(), useCatalogue(), useMapRegions(), useBaseUnits()]
  watch(
    () => [wanted(), basemap.basemap?.manifest, catalogue.zones.map(({ code }) => code).join()] as const,
    ([isWanted, manifest]) => {
      if (!isWanted || !manifest || !catalogue.city) return
      void units.load(catalogue.city.id, manifest, 'towns')
      for (const { code } of catalogue.zones) void regions.ask(code)
    },
    { immediate: true },
  )
  return computed(() => {
    const towns = units.collections.get('towns')
    if (!wanted() || !towns) return () => []
    const at = project()
    const streetsOf = (zone: string, day: string): RegionShape[] => {
      const run = regions.children(zone, day).filter(({ operatingParent }) => operatingParent === zone)
      return regionShapes(towns, new Map(run.map((street) => [street.code, street])), at, day)
    }
    return (day: string) =>
      catalogue
        .regionsOn(day)
        .filter(({ level }) => level === 'zone')
        .flatMap((zone) => {
          const streets = streetsOf(zone.code, day)
          if (streets.length === 0) return []
          return [
            { region: zone, polygons: streets.flatMap(({ polygons }) => polygons), anchor: middle(streets) },
          ]
        })
  })
}

/** Where its name stands: in the street nearest to the middle of all of them, so that it is within the zone. */
function middle(streets: readonly RegionShape[]): EnuMetres {
  const mean = (axis: 0 | 1): number =>
    streets.reduce((sum, { anchor }) => sum + anchor[axis], 0) / streets.length
  const [east, north] = [mean(0), mean(1)]
  const away = ({ anchor }: RegionShape): number => Math.hypot(anchor[0] - east, anchor[1] - north)
  return streets.reduce((best, street) => (away(street) < away(best) ? street : best)).anchor
}
