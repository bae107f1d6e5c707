import * as v from 'valibot'
import { type FeatureKind, featureKinds } from './feature-kinds.ts'
import { DurationSchema, durationMs } from './instant.ts'
import { CollectionIdSchema, type MapFeature } from './map-feature.ts'
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

/** features.yaml: where things with a place come from. A source here is one of sources.yaml's form that speaks OGC API – Features. */
export const FeaturesConfigSchema = v.strictObject({
  sources: v.array(SourceSchema),
  collections: v.array(FeatureCollectionSchema),
})
export type FeaturesConfig = v.InferOutput<typeof FeaturesConfigSchema>

/** The adapter a feature source names: OGC API – Features Part 1: Core (17-069r4). */
export const FEATURE_PROTOCOL = 'ogc-features'

type Times = Pick<FeatureCollection, 'poll'> & {
  step?: string | undefined
  past?: string | undefined
  ahead?: string | undefined
}

/** Milliseconds between two instants a collection can be asked for: its step, or a standing one's cadence. */
export function stepMs({ step, poll }: Times): number {
  return step === undefined ? Math.max(60_000, durationMs(poll)) : Math.max(1_000, durationMs(step))
}

/** The last instant on the collection's step at or before `atMs`; steps are counted from 1970 in UTC. */
export function onStep(times: Times, atMs: number): number {
  return Math.floor(atMs / stepMs(times)) * stepMs(times)
}

/** True where the statement that stands now answers for the instant too: a standing collection, now or later. */
export function standsAt(times: Times, atMs: number, nowMs: number): boolean {
  return times.step === undefined && onStep(times, atMs) >= onStep(times, nowMs)
}

/** Whether a collection says anything of an instant: a timed one within `past` and `ahead`, a standing one always after `past`. */
export function covers(times: Times, atMs: number, nowMs: number): boolean {
  const [wanted, now] = [onStep(times, atMs), onStep(times, nowMs)]
  const { step, past, ahead } = times
  const earliest = past === undefined ? (step === undefined ? -Infinity : now) : now - durationMs(past)
  const latest = step === undefined ? Infinity : now + (ahead === undefined ? 0 : durationMs(ahead))
  return wanted >= onStep(times, earliest) && wanted <= latest
}

/** False for a feature whose own time is over or has not begun. */
export function holdsAt({ time }: Pick<MapFeature, 'time'>, atMs: number): boolean {
  if (time === undefined) return true
  const [from, to] = time.interval
  return Date.parse(from) <= atMs && atMs < Date.parse(to)
}

/**
 * How an answer has aged, by the rule for figures with `poll` as cadence: ready until poll + 10 s, late until
 * 3 × (2 × poll, at least 10 s), then missing.
 */
export function answerAge(poll: string, receivedMs: number, nowMs: number): 'ready' | 'late' | 'missing' {
  const cadenceMs = durationMs(poll)
  const ageMs = nowMs - receivedMs
  if (ageMs <= cadenceMs + 10_000) return 'ready'
  return ageMs <= 3 * Math.max(2 * cadenceMs, 10_000) ? 'late' : 'missing'
}
