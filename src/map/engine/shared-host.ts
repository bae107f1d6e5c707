import { MapHost } from './map-host.ts'
import type { RendererProbe } from './probe.ts'

let shared: MapHost | undefined

/** One viewer for the life of the tab: a page that shows the map takes it over, a page that leaves parks it. */
export function sharedMapHost(
  origin: { longitude: number; latitude: number },
  quality: RendererProbe['quality'],
): MapHost {
  shared ??= new MapHost(origin, quality)
  return shared
}
