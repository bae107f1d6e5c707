import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { basemapAddress, readBasemapBytes, readBasemapVector } from '../client/basemap.ts'
import { type BasemapManifest, type Shown, shownBy, type VectorCollection } from '../domain/basemap.ts'

export interface BaseVector {
  /** Of the layer in the manifest. */
  id: string
  shows: Shown | undefined
  collection: VectorCollection
}

/** Water, green, roads and rail of the base map, and where its tilesets lie; fetched once, when a map asks. */
export const useBaseVectors = defineStore('base-vectors', () => {
  const vectors = shallowRef<readonly BaseVector[]>([])
  let asked: BasemapManifest | undefined

  /** A layer that cannot be read leaves the others standing: the ground is a backdrop. */
  async function load(city: string, manifest: BasemapManifest): Promise<void> {
    if (asked === manifest) return
    asked = manifest
    const layers = manifest.layers.filter(({ kind }) => kind === 'vector')
    const read = await Promise.allSettled(
      layers.map(async (layer) => ({
        id: layer.id,
        shows: shownBy(layer),
        collection: await readBasemapVector(city, layer.file),
      })),
    )
    if (asked === manifest)
      vectors.value = read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  }

  function tilesets(
    city: string,
    manifest: BasemapManifest,
  ): { id: string; kind: 'buildings' | 'terrain'; url: string }[] {
    return manifest.layers.flatMap(({ id, kind, file }) => {
      if (kind !== '3dtiles' && kind !== 'terrain') return []
      const drawn = kind === 'terrain' ? ('terrain' as const) : ('buildings' as const)
      return [{ id, kind: drawn, url: basemapAddress(city, file) }]
    })
  }

  /** Of a tile, for who reads the relief. */
  function bytes(city: string, file: string): Promise<ArrayBuffer> {
    return readBasemapBytes(city, file)
  }

  return { vectors, load, tilesets, bytes }
})
