import type { EnuMetres, RegionShape } from '../contracts/map-layer.ts'
import type { RegionCollection } from '../domain/basemap.ts'
import type { Region } from '../domain/region.ts'

/** The base map's units that the city's catalogue knows, in ENU metres; a unit it does not know is not drawn. */
export function regionShapes(
  collection: RegionCollection,
  regions: ReadonlyMap<string, Region>,
  project: (longitude: number, latitude: number) => EnuMetres,
): RegionShape[] {
  return collection.features.flatMap(({ properties, geometry }) => {
    const region = regions.get(properties.code)
    if (!region) return []
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
