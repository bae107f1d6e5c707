import { shallowReadonly, shallowRef } from 'vue'
import type { BasemapManifest } from '../domain/basemap.ts'
import type { TerrainSurface } from './engine/terrain/terrain-surface.ts'

const surface = shallowRef<TerrainSurface>()
let asked: { manifest: BasemapManifest; origin: string } | undefined

/** The relief of this tab's city; undefined until it is read, and for good where the base map has no terrain. */
export const relief = shallowReadonly(surface)

/**
 * Reads the terrain of a base map, once. A terrain that cannot be read leaves the map flat, as one without is.
 * @param origin of the city's frame, degrees @param read bytes of a file of the base map
 */
export async function loadRelief(
  manifest: BasemapManifest,
  origin: { longitude: number; latitude: number },
  read: (file: string) => Promise<ArrayBuffer>,
): Promise<void> {
  const place = `${origin.longitude} ${origin.latitude}`
  if (asked?.manifest === manifest && asked.origin === place) return
  const now = (asked = { manifest, origin: place })
  surface.value = undefined
  const terrain = manifest.layers.find(({ kind }) => kind === 'terrain')
  if (!terrain) return
  // A flat city pays for none of it.
  const { loadTerrain } = await import('./engine/terrain/load-terrain.ts')
  const found = await loadTerrain(terrain.file, origin, read).catch(() => undefined)
  if (asked === now) surface.value = found
}
