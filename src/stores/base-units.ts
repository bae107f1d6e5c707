import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { readBasemapRegions } from '../client/basemap.ts'
import { type BasemapManifest, type RegionCollection, shownBy } from '../domain/basemap.ts'

/** Outlines of units below the counties, by the base map's layer: towns, and communities where it has them. */
export type UnitLayer = 'towns' | 'communities'

/** Fetched when somebody first goes down to a county; a city without such a layer has none. */
export const useBaseUnits = defineStore('base-units', () => {
  const collections = shallowRef<ReadonlyMap<UnitLayer, RegionCollection>>(new Map())
  const asked = new Map<UnitLayer, BasemapManifest>()

  async function load(city: string, manifest: BasemapManifest, layer: UnitLayer): Promise<void> {
    const files = manifest.layers.filter((one) => shownBy(one) === layer).map(({ file }) => file)
    if (files.length === 0 || asked.get(layer) === manifest) return
    asked.set(layer, manifest)
    try {
      const read = await Promise.all(files.map((file) => readBasemapRegions(city, file)))
      const features = read.flatMap((one) => one.features)
      if (asked.get(layer) === manifest)
        collections.value = new Map(collections.value).set(layer, { type: 'FeatureCollection', features })
    } catch {
      // The list beside the map still leads there; the outlines are asked for again by the next who goes down.
      asked.delete(layer)
    }
  }

  return { collections, load }
})
