import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { BasemapRefused, readBasemap } from '../client/basemap.ts'
import type { Basemap } from '../domain/basemap.ts'

/** The base map of this city, fetched once when the first map asks for it. */
export const useBasemap = defineStore('basemap', () => {
  const basemap = shallowRef<Basemap>()
  const error = ref<string>()
  /** Where it was read and may not be shown. */
  const refused = shallowRef<Pick<BasemapRefused, 'map' | 'refusals'>>()
  let asked = ''

  async function load(city: string): Promise<void> {
    if (asked === city) return
    asked = city
    error.value = undefined
    refused.value = undefined
    try {
      basemap.value = await readBasemap(city)
    } catch (cause) {
      // Asked again by the next map that opens.
      asked = ''
      refused.value = cause instanceof BasemapRefused ? cause : undefined
      error.value = cause instanceof Error ? cause.message : String(cause)
    }
  }

  return { basemap, error, refused, load }
})
