import type { Indicator } from '../../domain/indicator.ts'
import type { Observation } from '../../domain/observation.ts'
import { fittingScale, scaleOf, unitOf } from '../../domain/unit.ts'

export type Point = [timeMs: number, value: number | null]

/** Real and invented values never share a chart: only the kind of the newest one is drawn. */
export function oneKind(observations: readonly Observation[]): readonly Observation[] {
  const newest = observations.at(-1)
  if (!newest) return []
  return observations.filter(
    ({ provenance }) => (provenance === 'synthetic') === (newest.provenance === 'synthetic'),
  )
}

/**
 * Points of a line, in time order, at the end of each period. The line breaks at a missing value, at a hole of more than
 * 1.6 usual steps, and where a cumulation starts anew.
 */
export function pointsOf(
  observations: readonly Observation[],
  indicator: Pick<Indicator, 'timeBasis' | 'jointFirstPeriods'>,
  shown: (value: number) => number,
): Point[] {
  const ends = observations.map(({ period }) => Date.parse(period.end))
  const gaps = ends.slice(1).map((end, index) => end - ends[index]!)
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0
  const cumulative = indicator.timeBasis.startsWith('cumulative')
  const reach = usual * ((indicator.jointFirstPeriods ?? 1) + 0.6)
  return observations.flatMap((observation, index): Point[] => {
    const before = observations[index - 1]
    const point: Point = [ends[index]!, observation.value === null ? null : shown(observation.value)]
    const restarts = cumulative && before !== undefined && before.period.start !== observation.period.start
    const hole = index > 0 && gaps[index - 1]! > reach
    return restarts || hole ? [[ends[index]! - 1, null], point] : [point]
  })
}

/** One scale for a whole chart: that of its largest value, so that ticks of 万 and 亿 never mix. */
export function chartScale(
  indicator: Pick<Indicator, 'unit' | 'display'>,
  values: readonly number[],
): { zh: string; en: string; shown: (value: number) => number } {
  const found = unitOf(indicator.unit)
  if (!found) return { zh: indicator.unit, en: indicator.unit, shown: (value) => value }
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const wanted =
    indicator.display?.scale === undefined ? undefined : scaleOf(indicator.unit, indicator.display.scale)
  const fitting = wanted ?? fittingScale(found.unit, largest * found.power)
  // Minutes and seconds are no axis; their plain unit is.
  const scale =
    fitting.format === undefined
      ? fitting
      : fittingScale(
          { ...found.unit, scales: found.unit.scales.filter(({ format }) => format === undefined) },
          largest,
        )
  return { zh: scale.zh, en: scale.en, shown: (value) => (value * found.power) / scale.factor }
}

/** The observation whose period ends nearest to a moment, for a pointer on the chart. */
export function nearest(observations: readonly Observation[], timeMs: number): Observation | undefined {
  let best: Observation | undefined
  let least = Infinity
  for (const observation of observations) {
    const distance = Math.abs(Date.parse(observation.period.end) - timeMs)
    if (distance < least) [best, least] = [observation, distance]
  }
  return best
}
