import * as v from 'valibot'
import { type FeatureKind, featureKinds } from './feature-kinds.ts'
import { FindingRuleSchema } from './finding.ts'
import { DurationSchema } from './instant.ts'
import { CollectionIdSchema } from './map-feature.ts'
import { SourceSchema } from './source.ts'
import { LocalTextSchema } from './text.ts'

const KindSchema = v.picklist(Object.keys(featureKinds) as FeatureKind[])

/**
 * One collection of things with a place, and how it is read from its source. Without `step` it stands: polled on its cadence,
 * true until further notice. With `step` it speaks of instants: read when one of them is looked at.
 */
export const FeatureCollectionSchema = v.strictObject({
  id: CollectionIdSchema,
  name: LocalTextSchema,
  /** What its properties must hold; absent for a collection only a plugin's own layer knows. */
  kind: v.optional(KindSchema),
  source: v.string(),
  /** Of the collection at its source, below the base address: /collections/shelters. */
  path: v.pipe(v.string(), v.regex(/^\/[^?#]*[^?#/]$/, 'a path looks like /collections/shelters')),
  poll: v.optional(DurationSchema, 'PT1M'),
  step: v.optional(DurationSchema),
  /** How far before and after now an instant may lie. Nothing is said of one further away. */
  past: v.optional(DurationSchema),
  ahead: v.optional(DurationSchema),
  license: v.optional(v.string()),
  provenance: v.picklist(['real', 'derived', 'synthetic']),
  department: v.string(),
  critical: v.optional(v.boolean(), false),
  classification: v.optional(v.picklist(['public', 'internal', 'sensitive', 'important']), 'internal'),
  audience: v.optional(v.picklist(['public', 'staff']), 'staff'),
})
export type FeatureCollection = v.InferOutput<typeof FeatureCollectionSchema>

/** How much of what was said in the past is kept. What goes beyond is forgotten, the oldest first, and that is told. */
const FeatureHistorySchema = v.strictObject({
  keep: v.optional(DurationSchema, 'P30D'),
  maxBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1_000_000)), 1_000_000_000),
})

/** features.yaml: where things with a place come from. A source here is one of sources.yaml's form that speaks OGC API – Features. */
export const FeaturesConfigSchema = v.strictObject({
  history: v.optional(FeatureHistorySchema, {}),
  sources: v.array(SourceSchema),
  collections: v.array(FeatureCollectionSchema),
  /** What is found in them is worth a case. */
  findings: v.optional(v.array(FindingRuleSchema), []),
})
export type FeaturesConfig = v.InferOutput<typeof FeaturesConfigSchema>

/** The adapter a feature source names: OGC API – Features Part 1: Core (17-069r4). */
export const FEATURE_PROTOCOL = 'ogc-features'
