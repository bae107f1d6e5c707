import { freshnessLimits } from './freshness.ts'
import type { Indicator } from './indicator.ts'
import type { Period } from './observation.ts'
import { shiftPeriod } from './period.ts'
import { rolledKey } from './rolled-comparison.ts'
import type { RolledFigure } from './rolled-figures.ts'

type Timed = Pick<Indicator, 'freq' | 'freshness' | 'timeBasis' | 'jointFirstPeriods'>

/** What was whole longer ago than so many periods is no headline any more. */
const mostPeriods = 12

/**
 * Milliseconds until which a figure stands against newer ones that are made of less: one cadence after it was to be late, which is
 * when the next one is late itself and what it lacks by then is no longer only on its way.
 */
export function standsUntil(indicator: Timed, { end }: Period): number {
  const { expectedLagMs, cadenceMs } = freshnessLimits(indicator)
  return Date.parse(end) + expectedLagMs + cadenceMs
}

/** Periods before one that may still stand, newest first. */
export function periodsBefore(indicator: Timed, period: Period, nowMs: number, zone: string): Period[] {
  const found: Period[] = []
  for (
    let before = shiftPeriod(period, indicator, zone, 'previous');
    before && found.length < mostPeriods && standsUntil(indicator, before) > nowMs;
    before = shiftPeriod(before, indicator, zone, 'previous')
  )
    found.push(before)
  return found
}

/**
 * Of each region and breakdown the figure to show: the newest of those that are made of most units. The first county that tells
 * of a new month would otherwise put its own figure in the place of the city's last whole one.
 * @param figures of several periods, in any order
 */
export function standingFigures(
  indicator: Timed,
  figures: readonly RolledFigure[],
  nowMs: number,
): RolledFigure[] {
  const standing = new Map<string, RolledFigure>()
  const newestFirst = figures.toSorted((a, b) => endOf(b) - endOf(a))
  for (const figure of newestFirst) {
    const key = rolledKey(figure.observation)
    const newer = standing.get(key)
    if (newer && figure.fullness <= newer.fullness) continue
    if (newer && standsUntil(indicator, figure.observation.period) <= nowMs) continue
    standing.set(key, figure)
  }
  return [...standing.values()]
}

function endOf({ observation: { period } }: RolledFigure): number {
  return Date.parse(period.end)
}
