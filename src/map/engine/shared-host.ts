import { MapHost } from './map-host.ts'
import type { Quality } from './probe.ts'
import { readSlice } from '../../ui/wall-part.ts'

interface Origin {
  longitude: number
  latitude: number
}
let shared: { host: MapHost; origin: Origin } | undefined

/**
 * One viewer for the life of the tab: a page that shows the map takes it over, a page that leaves parks it. Only a city whose
 * centre was changed gets another, for everything on a viewer is counted from there.
 */
export function sharedMapHost({ longitude, latitude }: Origin, quality: Quality): MapHost {
  const { origin } = shared ?? {}
  if (origin && (origin.longitude !== longitude || origin.latitude !== latitude)) {
    shared?.host.destroy()
    shared = undefined
  }
  shared ??= {
    host: new MapHost({ longitude, latitude }, quality, readSlice(location.search)),
    origin: { longitude, latitude },
  }
  return shared.host
}
