import * as v from 'valibot'
import { LimitsSchema } from '../wire/limits.ts'
import { rowFieldsSchema } from '../wire/row-fields.ts'

const HeadingSchema = v.pipe(v.string(), v.nonEmpty())

/** A table handed over as a file, as it stands in sources.yaml. */
export const FileSettingsSchema = v.strictObject({
  /** Folder of the source, relative to the project's root: mock-data/facts. */
  folder: HeadingSchema,
  /** Name in that folder; .csv, .tsv, .txt or .xlsx. */
  file: v.pipe(
    v.string(),
    v.regex(/\.(csv|tsv|txt|xlsx)$/i, 'a .csv, .tsv, .txt or .xlsx'),
    v.check((name) => !name.includes('..'), 'no way out of the folder'),
  ),
  /** Of text; `auto` is UTF-8, with or without BOM, else GB18030. */
  encoding: v.optional(v.picklist(['auto', 'utf-8', 'gb18030']), 'auto'),
  /** Name of the sheet; the first when absent. */
  sheet: v.optional(v.string()),
  /** Row of the headings, counted from 1. */
  headerRow: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 1),
  /** Only rows whose column holds one of these are read; the others are refused with `reason` (and the value found). */
  grade: v.optional(
    v.strictObject({
      column: HeadingSchema,
      accept: v.pipe(v.array(v.string()), v.minLength(1)),
      reason: HeadingSchema,
    }),
  ),
  /** One bad row refuses the whole file. */
  allOrNothing: v.optional(v.boolean(), false),
  limits: LimitsSchema,
})

/** One indicator in such a file. `field` is a column's heading. */
export const FileMappingSchema = v.strictObject({
  /** Rows of this indicator: every named column holds the value, or one of the values. */
  where: v.optional(v.record(HeadingSchema, v.union([v.string(), v.array(v.string())])), {}),
  fields: rowFieldsSchema(HeadingSchema),
})
