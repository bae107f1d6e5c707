import type { Observation } from '../domain/observation.ts'
import type { LinePoints } from '../ui/line-drawing.ts'

/** The last `count` periods of a series with the newest observation put behind them, when it is newer than all of them. */
export function lastPeriods(
  series: readonly Observation[],
  newest: Observation | undefined,
  count: number,
): LinePoints {
  const points = series
    .slice(-count)
    .map((observation) => [Date.parse(observation.period.end), observation.value] as const)
  if (newest) {
    const at = Date.parse(newest.period.end)
    if (points.length === 0 || at > points.at(-1)![0]) points.push([at, newest.value])
  }
  return points.slice(-count)
}
