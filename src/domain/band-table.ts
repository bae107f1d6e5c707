import * as v from 'valibot'
import { InstantSchema } from './instant.ts'
import { LocalTextSchema } from './text.ts'

/** Limits of a standard that part an indicator's values into bands, for the observations of the time it was in force. */
export const BandTableSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  /** Number, year and clause as printed. */
  standard: v.string(),
  /** Half-open, on the observation's own time; open where absent. */
  validFrom: v.optional(InstantSchema),
  validTo: v.optional(InstantSchema),
  /** Best first, in the indicator's base unit. A value belongs to the first band whose limits, both inclusive, it keeps. */
  bands: v.pipe(
    v.array(
      v.strictObject({
        name: LocalTextSchema,
        atLeast: v.optional(v.number()),
        atMost: v.optional(v.number()),
      }),
    ),
    v.minLength(2),
  ),
})
export type BandTable = v.InferOutput<typeof BandTableSchema>
