import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { readRegions } from '../client/gateway.ts'
import { asGatewayError } from '../client/http.ts'
import { pathTo } from '../domain/place-regions.ts'
import type { Region } from '../domain/region.ts'
import { regionKey, standingRegions } from '../domain/regions-at.ts'
import { useCatalogue } from './catalogue.ts'
import { useScene } from './scene.ts'

/** Regions down to the communities, fetched as somebody goes down to them, and how far down this screen has gone. */
export const useMapRegions = defineStore('map-regions', () => {
  const [catalogue, scene] = [useCatalogue(), useScene()]
  const heard = shallowRef<readonly Region[]>([])
  /** Towns and communities heard of, as they stand on the day of the page: those of a county that has gone are gone with it. */
  const fetched = computed<ReadonlyMap<string, Region>>(() => {
    const all = standingRegions([...catalogue.regions.values(), ...heard.value], catalogue.day)
    return new Map(
      all.filter(({ code }) => !catalogue.regions.has(code)).map((region) => [region.code, region]),
    )
  })
  const error = ref<string>()
  const loading = ref(false)
  const chosen = ref<string>()
  const asked = new Map<string, Promise<void>>()

  /** Where the viewer stands: the region of the panels, or a town or community within it that they have no figures of. */
  const place = computed(() =>
    chosen.value !== undefined && panelRegion(chosen.value) === scene.region ? chosen.value : scene.region,
  )
  const path = computed(() => pathTo(place.value, get))

  function get(code: string): Region | undefined {
    return catalogue.regions.get(code) ?? fetched.value.get(code)
  }

  /**
   * Known regions directly below one, by administration or operation, in order of their codes.
   * @param on the day they stood on; the page's where absent
   */
  function children(code: string, on: string = catalogue.day): readonly Region[] {
    const known =
      on === catalogue.day
        ? [...catalogue.regions.values(), ...fetched.value.values()]
        : standingRegions([...catalogue.regionsOn(on), ...heard.value], on)
    return known
      .filter(({ parent, operatingParent }) => parent === code || operatingParent === code)
      .sort((a, b) => (a.code < b.code ? -1 : 1))
  }

  /** The panels' region for a place: itself where the catalogue has it, else what it lies in; the city above all. */
  function panelRegion(code: string): string {
    const root = catalogue.city?.root ?? ''
    const known = pathTo(code, get).findLast((region) => catalogue.regions.has(region.code))
    return known && !['province', 'city'].includes(known.level) ? known.code : root
  }

  /** Goes to a place: the panels follow as far down as they have figures. */
  function drillTo(code: string): void {
    chosen.value = code
    scene.selectRegion(panelRegion(code))
    if (get(code)?.level !== 'community') void ask(code)
  }

  /** Fetches what lies below a region, once. A refusal is kept as `error`, and the next question asks again. */
  async function ask(code: string, depth: '1' | 'all' = '1'): Promise<void> {
    const key = `${code} ${depth}`
    const running =
      asked.get(key) ??
      load(code, depth).catch((cause: unknown) => {
        asked.delete(key)
        error.value = asGatewayError(cause).message
      })
    asked.set(key, running)
    await running
  }

  async function load(code: string, depth: '1' | 'all'): Promise<void> {
    loading.value = true
    error.value = undefined
    try {
      const { regions } = await readRegions(code, depth)
      const before = new Map(heard.value.map((region) => [regionKey(region), region]))
      const more = regions.filter(({ level }) => level === 'town' || level === 'community')
      for (const region of more) before.set(regionKey(region), region)
      heard.value = [...before.values()]
    } finally {
      loading.value = false
    }
  }

  return { fetched, error, loading, place, path, get, children, panelRegion, drillTo, ask }
})
