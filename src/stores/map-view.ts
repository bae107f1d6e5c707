import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useClock } from './clock.ts'

/** What a card on the map tells of. A feature's id is `collection/id`, a building's `layer/id`, the others' their own. */
export interface MapSubject {
  kind: 'feature' | 'incident' | 'region' | 'indicator' | 'building'
  id: string
  /** Of a building: what the base map's tiles say of it, which is kept nowhere else. */
  building?: Readonly<Record<string, unknown>> | undefined
}

export type Side = 'left' | 'right'

/** Layers that stand on one side of the divider only; what is in neither set stands on both. */
export interface Comparison {
  left: ReadonlySet<string>
  right: ReadonlySet<string>
  /** Epoch ms at which a side stands; one that is absent follows the map. */
  instants?: Readonly<Partial<Record<Side, number>>>
}

/** How far the map's clock can be turned, in minutes from the server's: the past that sources keep, and what models foresee. */
export const earliestMinutes = -360
export const latestMinutes = 180

/** What a viewer has chosen on this screen's map beyond the scene's theme: layers, subject, time, depth, comparison. */
export const useMapView = defineStore('map-view', () => {
  const clock = useClock()
  const layersOn = shallowRef<ReadonlySet<string>>(new Set())
  const layersOff = shallowRef<ReadonlySet<string>>(new Set())
  const subject = shallowRef<MapSubject>()
  const offsetMinutes = ref(0)
  const underground = ref(false)
  const comparison = shallowRef<Comparison>()
  const divider = ref(0.5)

  /** The instant the map stands at: the server's minute, or as far from it as the slider says. */
  const atMs = computed(() => clock.minuteMs + offsetMinutes.value * 60_000)
  const selectedFeature = computed(() => (subject.value?.kind === 'feature' ? subject.value.id : undefined))

  /** @param inTheme whether the theme shows it by itself: then switching it off is what has to be remembered */
  function switchLayer(id: string, on: boolean, inTheme: boolean): void {
    layersOn.value = withOrWithout(layersOn.value, id, on && !inTheme)
    layersOff.value = withOrWithout(layersOff.value, id, !on && inTheme)
  }

  function resetLayers(): void {
    layersOn.value = new Set()
    layersOff.value = new Set()
  }

  function open(chosen: MapSubject): void {
    subject.value = chosen
  }

  function close(): void {
    subject.value = undefined
  }

  /** @param feature `collection/id`; undefined lets go of whatever feature is chosen and of nothing else */
  function selectFeature(feature: string | undefined): void {
    if (feature !== undefined) subject.value = { kind: 'feature', id: feature }
    else if (selectedFeature.value !== undefined) subject.value = undefined
  }

  /** Minutes from the server's clock, kept within what the slider can reach. */
  function standAt(minutes: number): void {
    offsetMinutes.value = Math.min(latestMinutes, Math.max(earliestMinutes, Math.round(minutes)))
  }

  function goUnderground(on: boolean): void {
    underground.value = on
  }

  function compare(sides: Comparison | undefined): void {
    comparison.value = sides
    if (sides === undefined) divider.value = 0.5
  }

  /** Puts one side at an instant of its own; undefined lets it follow the map again. */
  function standSideAt(side: Side, instantMs: number | undefined): void {
    const { instants, ...sets } = comparison.value ?? { left: new Set<string>(), right: new Set<string>() }
    const { [side]: _before, ...other } = instants ?? {}
    comparison.value = {
      ...sets,
      instants: instantMs === undefined ? other : { ...other, [side]: instantMs },
    }
  }

  /** @param share of the map's width that is left of the divider */
  function moveDivider(share: number): void {
    divider.value = Math.min(1, Math.max(0, share))
  }

  return {
    layersOn,
    layersOff,
    subject,
    selectedFeature,
    offsetMinutes,
    atMs,
    underground,
    comparison,
    divider,
    switchLayer,
    resetLayers,
    open,
    close,
    selectFeature,
    standAt,
    goUnderground,
    compare,
    standSideAt,
    moveDivider,
  }
})

function withOrWithout(set: ReadonlySet<string>, id: string, wanted: boolean): ReadonlySet<string> {
  if (set.has(id) === wanted) return set
  const next = new Set(set)
  if (wanted) next.add(id)
  else next.delete(id)
  return next
}
