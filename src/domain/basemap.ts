import * as v from 'valibot'
import { RegionCodeSchema } from './region.ts'

const LonLatSchema = v.tuple([v.number(), v.number()])

/** regions.geojson of a built base map: GeoJSON, longitude before latitude, degrees in the manifest's CRS. */
export const RegionCollectionSchema = v.object({
  type: v.literal('FeatureCollection'),
  features: v.array(
    v.object({
      properties: v.object({ code: RegionCodeSchema, name: v.string(), anchor: LonLatSchema }),
      geometry: v.object({
        type: v.literal('MultiPolygon'),
        coordinates: v.array(v.array(v.array(LonLatSchema))),
      }),
    }),
  ),
})
export type RegionCollection = v.InferOutput<typeof RegionCollectionSchema>

/** manifest.json of a built base map: what the layers are, where they came from, and the 审图号 or null. */
export const BasemapManifestSchema = v.object({
  city: RegionCodeSchema,
  mapApproval: v.nullable(v.string()),
  layers: v.array(
    v.object({
      id: v.string(),
      file: v.string(),
      sha256: v.string(),
      provenance: v.picklist(['real', 'derived', 'synthetic']),
      credit: v.string(),
      license: v.string(),
      crs: v.string(),
      asOf: v.string(),
    }),
  ),
})
export type BasemapManifest = v.InferOutput<typeof BasemapManifestSchema>

export interface Basemap {
  manifest: BasemapManifest
  regions: RegionCollection
}
