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

/** A file that is not there by then is one that the base map lacks. */
const retryAfterMs = [5_000, 30_000, 120_000]

/** Water, green, roads and rail of the base map, and where its tilesets lie; fetched once, when a map asks. */
export const useBaseVectors = defineStore('base-vectors', () => {
  const vectors = shallowRef<readonly BaseVector[]>([])
  let asked: BasemapManifest | undefined
  let known = new Map<string, BaseVector>()
  let reading: Promise<void> | undefined

  /**
   * A layer that cannot be read leaves the others standing: the ground is a backdrop. It is read again after a while, and by the
   * next map that asks.
   */
  function load(city: string, manifest: BasemapManifest): Promise<void> {
    if (asked !== manifest) {
      asked = manifest
      known = new Map()
      reading = undefined
    }
    return (reading ??= read(city, manifest, retryAfterMs))
  }

  async function read(city: string, manifest: BasemapManifest, [waitMs, ...waits]: number[]): Promise<void> {
    const layers = manifest.layers.filter(({ kind }) => kind === 'vector')
    const missing = layers.filter(({ id }) => !known.has(id))
    const answers = await Promise.allSettled(missing.map(({ file }) => readBasemapVector(city, file)))
    if (asked !== manifest) return
    answers.forEach((answer, nth) => {
      const layer = missing[nth]!
      if (answer.status === 'rejected') return
      known.set(layer.id, { id: layer.id, shows: shownBy(layer), collection: answer.value })
    })
    if (missing.length === 0 || answers.some(({ status }) => status === 'fulfilled'))
      vectors.value = layers.flatMap(({ id }) => known.get(id) ?? [])
    else if (known.size === 0) vectors.value = []
    if (known.size === layers.length) return
    reading = undefined
    if (waitMs === undefined) return
    setTimeout(() => {
      if (asked === manifest) reading ??= read(city, manifest, waits)
    }, waitMs)
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
