import * as v from 'valibot'
import { type BandTable, BandTableSchema } from './band-table.ts'

const { entries } = BandTableSchema

/** Bands that a standard lays over some indicators, for the time it was in force. */
const GradingSchema = v.strictObject({ ...entries, indicators: v.array(v.string()) })

/** Concentrations at which a part index passes its steps, by pollutant and averaging time: PM25-24h. */
export const BreakpointsSchema = v.strictObject({
  id: entries.id,
  standard: entries.standard,
  validFrom: entries.validFrom,
  validTo: entries.validTo,
  index: v.array(v.number()),
  breakpoints: v.record(v.string(), v.array(v.number())),
  /** Index of what lies above a row shorter than the steps; a row named neither here nor long enough has none. */
  above: v.record(v.string(), v.number()),
})
export type Breakpoints = v.InferOutput<typeof BreakpointsSchema>

/** One entry of cities/standards/*.yaml. */
export const StandardTableSchema = v.union([GradingSchema, BreakpointsSchema])
export type StandardTable = v.InferOutput<typeof StandardTableSchema>

/** The bands that standards lay over an indicator, after those it brings itself. */
export function gradingsOf(code: string, tables: readonly StandardTable[]): BandTable[] {
  return tables.flatMap((table) => {
    if (!('bands' in table) || !table.indicators.includes(code)) return []
    const { indicators: _, ...bands } = table
    return [bands]
  })
}
