import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { readBasemap } from '../client/basemap.ts'
import type { Basemap } from '../domain/basemap.ts'

/** The base map of this city, fetched once when the first map asks for it. */
export const useBasemap = defineStore('basemap', () => {
  const basemap = shallowRef<Basemap>()
  const error = ref<string>()
  let asked = ''

  async function load(city: string): Promise<void> {
    if (asked === city) return
    asked = city
    error.value = undefined
    try {
      basemap.value = await readBasemap(city)
    } catch (cause) {
      // Asked again by the next map that opens.
      asked = ''
      error.value = cause instanceof Error ? cause.message : String(cause)
    }
  }

  return { basemap, error, load }
})
