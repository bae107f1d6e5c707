import type { QualityFlag } from './observation.ts'

/** HJ 663: a day's mean of an air pollutant is valid with at least this many hourly values. */
export const validHoursPerDay = 20

/**
 * Mean of the hourly values of one day (null: no valid value that hour), as HJ 663 counts it. Fewer than 20 valid hours:
 * flagged partial-coverage. No valid hour: null, never 0. `hours` is the count of valid hours.
 */
export function dailyMean(hourly: readonly (number | null)[]): {
  value: number | null
  hours: number
  flags: QualityFlag[]
} {
  const valid = hourly.filter((value): value is number => value !== null && Number.isFinite(value))
  const value = valid.length === 0 ? null : valid.reduce((sum, hour) => sum + hour, 0) / valid.length
  return { value, hours: valid.length, flags: valid.length < validHoursPerDay ? ['partial-coverage'] : [] }
}
