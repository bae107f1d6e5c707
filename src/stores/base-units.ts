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
    if (asked.get(layer) === manifest) return
    asked.set(layer, manifest)
    const files = manifest.layers.filter((one) => shownBy(one) === layer).map(({ file }) => file)
    if (files.length === 0) return forget(layer)
    try {
      const read = await Promise.all(files.map((file) => readBasemapRegions(city, file)))
      const features = read.flatMap((one) => one.features)
      if (asked.get(layer) === manifest)
        collections.value = new Map(collections.value).set(layer, { type: 'FeatureCollection', features })
    } catch {
      if (asked.get(layer) !== manifest) return
      // The list beside the map still leads there; the outlines are asked for again by the next who goes down.
      asked.delete(layer)
      forget(layer)
    }
  }

  /** Those of another base map are none of this one's. */
  function forget(layer: UnitLayer): void {
    if (!collections.value.has(layer)) return
    const others = new Map(collections.value)
    others.delete(layer)
    collections.value = others
  }

  return { collections, load }
})
