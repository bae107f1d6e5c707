import * as v from 'valibot'
import { IndicatorCodeSchema } from './indicator.ts'

/** One series as a scene names it: the selected region and the series without dims where it says nothing else. */
export const PlacedFigureSchema = v.strictObject({
  code: IndicatorCodeSchema,
  region: v.optional(v.string()),
  dims: v.optional(v.record(v.string(), v.string())),
})
