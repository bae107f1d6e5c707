import * as v from 'valibot'
import { DurationSchema } from './instant.ts'
import { LocalTextSchema } from './text.ts'

/** A configured upstream: an instance of an adapter's protocol. */
export const SourceSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)),
  name: LocalTextSchema,
  adapter: v.string(),
  department: v.string(),
  provenance: v.picklist(['real', 'synthetic']),
  license: v.optional(v.string()),
  /** While a critical source is late the city is never called 平稳. */
  critical: v.optional(v.boolean(), false),
  /** `once`: a published historical record, outside the lateness rule. */
  cadence: v.optional(v.literal('once')),
  poll: v.optional(DurationSchema, 'PT1M'),
  /** Who is called when it fails. Never a person's name. */
  duty: v.optional(
    v.strictObject({ unit: v.string(), post: v.optional(v.string()), phone: v.optional(v.string()) }),
  ),
  /** Addresses of private networks may be asked only where this says so. */
  egress: v.optional(v.strictObject({ private: v.optional(v.boolean()) })),
  /** Absent: it reads in a thread of its own. */
  isolate: v.optional(v.boolean()),
  /** How long its single observations are kept before only their sums are. */
  retention: v.optional(DurationSchema),
  settings: v.record(v.string(), v.unknown()),
})
export type Source = v.InferOutput<typeof SourceSchema>

export interface SourceHealth {
  source: string
  state: 'starting' | 'ok' | 'late' | 'failing' | 'open' | 'stalled' | 'quarantined'
  /** Last answer that was read to the end. */
  lastGoodAt: string | null
  lastError: string | null
  nextTryAt: string | null
  clockSkewMs: number | null
  observations: number
  refused: number
  /** Readings given up because more came than could be taken. */
  dropped?: number
  /** Readings of one series that were taken as one, the newest. */
  merged?: number
  /** Messages that had been delivered before. */
  duplicates?: number
  /** Questions and connections given up because nothing came in time. */
  gaveUp?: number
  /** Times its thread was ended: it did not answer, or took too much memory. */
  deaths?: number
  /** Age of what was last taken, when it was taken. */
  lagMs?: number
  followers?: 'poll' | 'push'
}
