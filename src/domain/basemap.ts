import * as v from 'valibot'
import { RegionCodeSchema } from './region.ts'

const LonLatSchema = v.tuple([v.number(), v.number()])
const LineSchema = v.array(LonLatSchema)
const PolygonSchema = v.array(LineSchema)
const DateSchema = v.pipe(v.string(), v.regex(/^\d{4}(-\d\d){0,2}$/, 'a year, month or day: 2024-05'))

/** When a unit's code and outline hold: days, half-open; absent ends are open. */
const ValiditySchema = { validFrom: v.optional(DateSchema), validTo: v.optional(DateSchema) }

/** regions.geojson and towns.geojson: GeoJSON, longitude before latitude, degrees of CGCS2000 shown as WGS 84. */
export const RegionCollectionSchema = v.object({
  type: v.literal('FeatureCollection'),
  features: v.array(
    v.object({
      properties: v.object({
        code: RegionCodeSchema,
        name: v.string(),
        anchor: LonLatSchema,
        ...ValiditySchema,
      }),
      geometry: v.object({
        type: v.literal('MultiPolygon'),
        coordinates: v.array(PolygonSchema),
      }),
    }),
  ),
})
export type RegionCollection = v.InferOutput<typeof RegionCollectionSchema>

/** Motorway first: the order in which a map drops classes as it zooms out. */
export const RoadClasses = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'local'] as const
export type RoadClass = (typeof RoadClasses)[number]

/** water, green, road and rail of a built base map: every geometry of one layer, in the CRS of the regions. */
export const VectorCollectionSchema = v.object({
  type: v.literal('FeatureCollection'),
  features: v.array(
    v.object({
      type: v.literal('Feature'),
      id: v.string(),
      properties: v.object({
        name: v.optional(v.string()),
        /** Roads only. */
        class: v.optional(v.picklist(RoadClasses)),
        /** Buildings only: metres, and what they rest on. */
        height: v.optional(v.number()),
        heightFrom: v.optional(v.string()),
      }),
      geometry: v.variant('type', [
        v.object({ type: v.literal('MultiPolygon'), coordinates: v.array(PolygonSchema) }),
        v.object({ type: v.literal('MultiLineString'), coordinates: v.array(LineSchema) }),
      ]),
    }),
  ),
})
export type VectorCollection = v.InferOutput<typeof VectorCollectionSchema>

/** public: for everybody, wants a 审图号. internal: 内部使用. demo: not submitted, shown as 示意. */
export const MapUses = ['public', 'internal', 'demo'] as const

/** What a layer of a base map can be drawn as. */
export const Shown = [
  'boundaries',
  'towns',
  'communities',
  'water',
  'green',
  'road',
  'rail',
  'buildings',
  'terrain',
  'model',
] as const
export type Shown = (typeof Shown)[number]

export const BasemapLayerSchema = v.object({
  /** A name of the city's own choice, one a layer. */
  id: v.string(),
  /** What it is drawn as, several layers alike; absent in manifests of old, where the id tells. */
  shows: v.optional(v.picklist(Shown)),
  /** vector: VectorCollection. regions: RegionCollection. 3dtiles and terrain: the tileset.json of 3D Tiles 1.1. */
  kind: v.picklist(['vector', '3dtiles', 'terrain', 'regions']),
  /** Relative to the manifest. */
  file: v.string(),
  /** Of the file; of a tileset, over the paths and hashes of all its files. */
  sha256: v.string(),
  bytes: v.number(),
  /** Features, buildings or vertices in it. */
  features: v.number(),
  provenance: v.picklist(['real', 'derived', 'synthetic']),
  source: v.object({
    title: v.string(),
    package: v.optional(v.string()),
    version: v.optional(v.string()),
    url: v.optional(v.string()),
  }),
  credit: v.string(),
  license: v.string(),
  /** Of the source: what was built is always longitude and latitude of CGCS2000. */
  crs: v.string(),
  asOf: v.string(),
  mapUse: v.picklist(MapUses),
  mapApproval: v.nullable(v.string()),
  /** How the map must mark it: 示意, 内部使用. */
  mark: v.optional(v.string()),
  /** Features left out because public maps may not show their kind. */
  sensitiveDropped: v.number(),
  /** Ids of features whose geometry was mended, and of those that could not be. */
  repaired: v.optional(v.array(v.string())),
  refused: v.optional(v.array(v.object({ id: v.string(), reason: v.string() }))),
  steps: v.array(v.string()),
  seed: v.optional(v.number()),
})
export type BasemapLayer = v.InferOutput<typeof BasemapLayerSchema>

/** manifest.json of a built base map: what the layers are, where they came from, and the 审图号 or null. */
export const BasemapManifestSchema = v.object({
  /** Six digits, or NAME of a city's own folder. */
  city: v.string(),
  name: v.string(),
  center: LonLatSchema,
  mapUse: v.picklist(MapUses),
  mapApproval: v.nullable(v.string()),
  /** Metres above the datum that the map draws as height 0: terrain and buildings are lowered by it. */
  groundHeight: v.number(),
  layers: v.array(BasemapLayerSchema),
  /** How the same map is built again, with the layers that were left out here because they are large. */
  recipe: v.optional(
    v.object({
      adcode: RegionCodeSchema,
      seed: v.number(),
      buildings: v.number(),
      without: v.array(v.string()),
    }),
  ),
})
export type BasemapManifest = v.InferOutput<typeof BasemapManifestSchema>

/** What a layer is drawn as; undefined for a layer that no map of ours draws. */
export function shownBy({ id, shows }: Pick<BasemapLayer, 'id' | 'shows'>): Shown | undefined {
  return shows ?? (id === 'regions' ? 'boundaries' : Shown.find((known) => known === id))
}

export type RefusalReason = 'licence' | 'crs' | 'source' | 'approval' | 'boundaries'

/** Why a base map may not be shown: one reason of one layer, or of the whole map where no layer is named. */
export interface BasemapRefusal {
  layer?: string
  reason: RefusalReason
}

/**
 * A layer without licence, coordinate system or source, a map for the public without a 审图号 (地图管理条例), one without
 * outlines of its units. The builder refuses such layers too; a manifest may have been written by hand.
 */
export function refusalsOf(manifest: BasemapManifest): BasemapRefusal[] {
  const layers = manifest.layers.flatMap(({ id, license, crs, source, mapUse, mapApproval }) => {
    const reasons: RefusalReason[] = [
      ...(license.trim() === '' ? ['licence' as const] : []),
      ...(crs.trim() === '' ? ['crs' as const] : []),
      ...(source.title.trim() === '' ? ['source' as const] : []),
      ...(mapUse === 'public' && !mapApproval?.trim() ? ['approval' as const] : []),
    ]
    return reasons.map((reason): BasemapRefusal => ({ layer: id, reason }))
  })
  const isUnapproved = manifest.mapUse === 'public' && !manifest.mapApproval?.trim()
  const isOutlined = manifest.layers.some((layer) => shownBy(layer) === 'boundaries')
  const whole: RefusalReason[] = [
    ...(isUnapproved ? ['approval' as const] : []),
    ...(isOutlined ? [] : ['boundaries' as const]),
  ]
  return [...layers, ...whole.map((reason) => ({ reason }))]
}

export interface Basemap {
  manifest: BasemapManifest
  regions: RegionCollection
}
