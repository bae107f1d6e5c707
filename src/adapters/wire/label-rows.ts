import * as v from 'valibot'
import type { TimeFormat } from './city-time.ts'
import { type RowFields, rowFieldsSchema } from './row-fields.ts'

const named = rowFieldsSchema(v.pipe(v.string(), v.nonEmpty())).entries

/**
 * Which labels of a series make a reading, where the protocol itself says which is the time and which the value: `field` names a
 * label, a tag or a column.
 */
export const SeriesFieldsSchema = v.strictObject({
  region: named.region,
  unit: named.unit,
  dims: named.dims,
  status: named.status,
  flags: named.flags,
  /** `fraction` where the unit is % and the source writes 0.057 for 5.7 %. */
  notation: named.value.entries.notation,
})
export type SeriesFields = v.InferOutput<typeof SeriesFieldsSchema>

/** No label can be called so. */
export const [timeField, valueField] = ['@time', '@value']

/** The same as fields of a row, whose time and value are the protocol's own. */
export function rowFieldsOf({ notation, ...fields }: SeriesFields, format: TimeFormat): RowFields {
  return {
    ...fields,
    time: { field: timeField, format, ytd: false },
    value: { field: valueField, notation },
    comparisons: [],
    interval: [],
  }
}
