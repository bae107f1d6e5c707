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
  settings: v.record(v.string(), v.unknown()),
})
export type Source = v.InferOutput<typeof SourceSchema>

export interface SourceHealth {
  source: string
  state: 'starting' | 'ok' | 'late' | 'failing' | 'open'
  /** Last answer that was read to the end. */
  lastGoodAt: string | null
  lastError: string | null
  nextTryAt: string | null
  clockSkewMs: number | null
  observations: number
  refused: number
}
