import * as v from 'valibot'
import { InstantSchema } from './instant.ts'
import { RegionCodeSchema } from './region.ts'

/** Longitude and latitude in degrees of the base map's CRS (CGCS2000, shown as WGS 84), height in metres where it is known. */
const PositionSchema = v.union([
  v.strictTuple([LonSchema(), LatSchema()]),
  v.strictTuple([LonSchema(), LatSchema(), v.number()]),
])
const LineSchema = v.pipe(v.array(PositionSchema), v.minLength(2))
const RingSchema = v.pipe(v.array(PositionSchema), v.minLength(4))
const PolygonSchema = v.pipe(v.array(RingSchema), v.minLength(1))

/** RFC 7946 allows an empty geometry; a thing without a place cannot be drawn, and is refused like one without a geometry. */
export const GeometrySchema = v.variant('type', [
  v.strictObject({ type: v.literal('Point'), coordinates: PositionSchema }),
  v.strictObject({ type: v.literal('LineString'), coordinates: LineSchema }),
  v.strictObject({
    type: v.literal('MultiLineString'),
    coordinates: v.pipe(v.array(LineSchema), v.minLength(1)),
  }),
  v.strictObject({ type: v.literal('Polygon'), coordinates: PolygonSchema }),
  v.strictObject({
    type: v.literal('MultiPolygon'),
    coordinates: v.pipe(v.array(PolygonSchema), v.minLength(1)),
  }),
])
export type Geometry = v.InferOutput<typeof GeometrySchema>

/**
 * A thing with a place, as its source told it: a GeoJSON feature (RFC 7946) with the time it holds for (JSON-FG `time`).
 * What `properties` must hold is said by the collection's kind in feature-kinds.ts.
 */
export const MapFeatureSchema = v.object({
  type: v.literal('Feature'),
  id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(120)),
  geometry: GeometrySchema,
  /** Half-open; absent for what stands until further notice. */
  time: v.optional(v.strictObject({ interval: v.strictTuple([InstantSchema, InstantSchema]) })),
  properties: v.objectWithRest(
    {
      name: v.optional(v.pipe(v.string(), v.maxLength(120))),
      region: v.optional(RegionCodeSchema),
    },
    v.unknown(),
  ),
})
export type MapFeature = v.InferOutput<typeof MapFeatureSchema>

export const CollectionIdSchema = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,40}$/))

/** GET /api/features/{collection}?at=: what held at that instant, told by `resultTime`; later than it is a forecast. */
export const FeatureAnswerSchema = v.object({
  collection: CollectionIdSchema,
  /** The instant the features hold for, on the collection's own step. */
  at: InstantSchema,
  source: v.string(),
  provenance: v.picklist(['real', 'derived', 'synthetic']),
  /** When the source made this statement. */
  resultTime: InstantSchema,
  receivedAt: InstantSchema,
  /** Of the features: equal hashes, equal features. */
  hash: v.string(),
  features: v.array(MapFeatureSchema),
  /** Features the edge refused, with the reason, so that a picture never looks complete when it is not. */
  refused: v.array(v.strictObject({ id: v.string(), reason: v.string() })),
})
export type FeatureAnswer = v.InferOutput<typeof FeatureAnswerSchema>

/** True for a statement about a time that had not come when it was made. */
export function isForecast({ at, resultTime }: Pick<FeatureAnswer, 'at' | 'resultTime'>): boolean {
  return Date.parse(at) > Date.parse(resultTime)
}

function LonSchema() {
  return v.pipe(v.number(), v.minValue(-180), v.maxValue(180))
}
function LatSchema() {
  return v.pipe(v.number(), v.minValue(-90), v.maxValue(90))
}
