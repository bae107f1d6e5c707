import * as v from 'valibot'
import { QualityFlagSchema } from '../../domain/observation.ts'
import { RegionCodeSchema } from '../../domain/region.ts'
import { TimeFormatSchema } from './city-time.ts'

const StatusSchema = v.picklist(['A', 'B', 'E', 'F', 'I', 'M', 'P', 'U'])
const NotationSchema = v.optional(v.picklist(['plain', 'fraction']), 'plain')

/**
 * Which fields of a row make a reading. `F` is what names a field: a JSONPath from the row ($.value) or a column's heading (数值).
 * A value that a `map` does not know refuses its row: nothing is guessed.
 */
export function rowFieldsSchema<F extends v.GenericSchema<string, string>>(field: F) {
  const when = { field, format: TimeFormatSchema }
  return v.strictObject({
    region: v.union([
      v.strictObject({ const: RegionCodeSchema }),
      v.strictObject({ field, map: v.optional(v.record(v.string(), RegionCodeSchema)) }),
    ]),
    /** `ytd: true` reads 2026-06, 2026-Q2 and 2026-S1 as 2026-01/2026-06. */
    time: v.strictObject({ ...when, ytd: v.optional(v.boolean(), false) }),
    /** `notation: fraction` where the unit is % and the source writes 0.057 for 5.7 %. */
    value: v.strictObject({ field, notation: NotationSchema }),
    /** UCUM code as delivered (10*8.CNY for 亿元), or the field that says it with a map from its words to UCUM. */
    unit: v.union([v.string(), v.strictObject({ field, map: v.record(v.string(), v.string()) })]),
    dims: v.optional(
      v.record(
        v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9]*$/)),
        v.union([
          v.strictObject({ const: v.string() }),
          v.strictObject({ field, map: v.optional(v.record(v.string(), v.string())) }),
        ]),
      ),
      {},
    ),
    status: v.optional(
      v.union([
        v.strictObject({ const: StatusSchema }),
        v.strictObject({ field, map: v.record(v.string(), StatusSchema) }),
      ]),
    ),
    flags: v.optional(v.strictObject({ field, map: v.record(v.string(), v.array(QualityFlagSchema)) })),
    /** When the source released the figure. */
    resultTime: v.optional(v.strictObject(when)),
    /** Growth rates the source itself publishes. */
    comparisons: v.optional(
      v.array(
        v.strictObject({
          kind: v.picklist(['yoy', 'mom', 'ytd-yoy', 'target']),
          field,
          unit: v.picklist(['%', 'pp']),
          notation: NotationSchema,
        }),
      ),
      [],
    ),
    interval: v.optional(
      v.array(
        v.strictObject({ level: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)), lower: field, upper: field }),
      ),
      [],
    ),
  })
}
export type RowFields = v.InferOutput<ReturnType<typeof rowFieldsSchema<v.GenericSchema<string, string>>>>
