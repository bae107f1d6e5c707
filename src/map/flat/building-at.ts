import type { Shown, VectorCollection } from '../../domain/basemap.ts'
import type { LonLat } from '../../domain/measure.ts'
import { boundsOf } from '../../domain/measure-plane.ts'
import { insideRings } from '../engine/region-pick.ts'

interface Drawn {
  /** Of the layer in the manifest. */
  id: string
  shows: Shown | undefined
  collection: VectorCollection
}

/** Metres a pixel from which a house is no more than a dot, and not drawn. */
export const HOUSES_GONE = 16

/** A building as its card takes it: `layer/id`, and what the base map says of it. */
export interface PickedBuilding {
  feature: string
  building: Readonly<Record<string, unknown>>
}

/**
 * The building of a base map's outlines drawn at a place, the last of several; looked for on a click only.
 * @param metresPerPixel of the map: from afar no building is drawn
 */
export function buildingAt(
  layers: readonly Drawn[],
  [east, north]: LonLat,
  metresPerPixel: number,
): PickedBuilding | undefined {
  if (metresPerPixel >= HOUSES_GONE) return undefined
  const holds = (polygon: readonly (readonly LonLat[])[]): boolean => {
    const box = boundsOf(polygon[0] ?? [])
    if (east < box.west || east > box.east || north < box.south || north > box.north) return false
    return insideRings(
      polygon.map((ring) => ring.map(([x, y]) => [x, y, 0])),
      east,
      north,
    )
  }
  for (const { id, collection } of layers.filter(({ shows }) => shows === 'buildings').toReversed()) {
    const found = collection.features.findLast(
      ({ geometry }) => geometry.type === 'MultiPolygon' && geometry.coordinates.some(holds),
    )
    if (found) return { feature: `${id}/${found.id}`, building: found.properties }
  }
  return undefined
}
