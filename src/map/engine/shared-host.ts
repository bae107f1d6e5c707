import { MapHost } from './map-host.ts'
import type { Quality } from './probe.ts'
import { readSlice } from '../../ui/wall-part.ts'

let shared: MapHost | undefined

/** One viewer for the life of the tab: a page that shows the map takes it over, a page that leaves parks it. */
export function sharedMapHost(origin: { longitude: number; latitude: number }, quality: Quality): MapHost {
  shared ??= new MapHost(origin, quality, readSlice(location.search))
  return shared
}
