import type { EnuMetres, RegionShape } from '../contracts/map-layer.ts'
import type { RegionCollection } from '../domain/basemap.ts'
import { regionsAt } from '../domain/regions-at.ts'
import type { Region } from '../domain/region.ts'

export { dayAt } from '../domain/regions-at.ts'

/**
 * The base map's units that the city's catalogue knows, in ENU metres; a unit it does not know is not drawn.
 * @param day the day the map stands at, in the city's zone; units that by map or catalogue are of another time are left out
 */
export function regionShapes(
  collection: RegionCollection,
  regions: ReadonlyMap<string, Region>,
  project: (longitude: number, latitude: number) => EnuMetres,
  day = '9999',
): RegionShape[] {
  const standing = new Set(
    regionsAt(
      collection.features.map(({ properties }) => properties),
      day,
    ),
  )
  return collection.features.flatMap(({ properties, geometry }) => {
    if (!standing.has(properties)) return []
    const region = regions.get(properties.code)
    if (!region || regionsAt([region], day).length === 0) return []
    return [
      {
        region,
        polygons: geometry.coordinates.map((rings) =>
          rings.map((ring) => ring.map(([longitude, latitude]) => project(longitude, latitude))),
        ),
        anchor: project(...properties.anchor),
      },
    ]
  })
}
