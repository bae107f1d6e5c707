import { freshnessLimits } from '../../src/domain/freshness.ts'
import type { Indicator } from '../../src/domain/indicator.ts'

/** Half-open, on the start of a period, epoch milliseconds. */
export interface ReadSpan {
  fromMs: number
  toMs: number
}

const dayMs = 86_400_000
/** The namesake of a week may lie 53 weeks back, that of a day 366 days; 52 weeks are the least. */
const [mostYearMs, leastYearMs] = [373 * dayMs, 363 * dayMs]

/**
 * What must be read to tell the periods of a span with their comparisons: not all between them and a year ago, which is more than
 * anyone reads of a figure of every second.
 */
export function readSpans(
  { comparisons, freq, freshness, timeBasis, jointFirstPeriods = 1 }: Indicator,
  { fromMs, toMs }: ReadSpan,
): ReadSpan[] {
  const compared = new Set(comparisons)
  // Of what adds up since January all months of both years are needed; no such figure is more frequent than monthly.
  if (compared.has('ytd-yoy') && timeBasis === 'sum') return [{ fromMs: fromMs - 2 * mostYearMs, toMs }]
  const stepMs = freshnessLimits({ freq, freshness }).cadenceMs * (jointFirstPeriods + 0.1)
  const own = { fromMs: compared.has('mom') ? fromMs - stepMs : fromMs, toMs }
  if (!compared.has('yoy') && !compared.has('ytd-yoy')) return [own]
  const base = { fromMs: fromMs - mostYearMs, toMs: toMs - leastYearMs }
  return base.toMs >= own.fromMs ? [{ fromMs: base.fromMs, toMs }] : [base, own]
}
