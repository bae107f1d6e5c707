import type { EChartsCoreOption } from 'echarts/core'
import type { Observation } from '../domain/observation.ts'
import type { ChartInk } from '../ui/chart-ink.ts'

export type TrendPoints = readonly (readonly [endMs: number, value: number | null])[]

/** The last `count` periods of a series with the newest observation put behind them, when it is newer than all of them. */
export function lastPeriods(
  series: readonly Observation[],
  newest: Observation | undefined,
  count: number,
): TrendPoints {
  const points = series
    .slice(-count)
    .map((observation) => [Date.parse(observation.period.end), observation.value] as const)
  if (newest) {
    const at = Date.parse(newest.period.end)
    if (points.length === 0 || at > points.at(-1)![0]) points.push([at, newest.value])
  }
  return points.slice(-count)
}

const inks = ['s1', 's4', 's2'] as const

/** Lines with their names at the right end instead of a legend; a missing period breaks its line. */
export function trendOption(
  names: readonly string[],
  ink: ChartInk,
  unit: (n: number) => number,
  fontPx: number,
): EChartsCoreOption {
  return {
    grid: { left: unit(64), right: unit(120), top: unit(14), bottom: fontPx * 1.9 },
    xAxis: { type: 'time', splitNumber: 3 },
    yAxis: { type: 'value', scale: true, splitNumber: 3 },
    series: names.map((name, nth) => {
      const colour = ink[inks[nth] ?? 's3']
      return {
        id: String(nth),
        type: 'line',
        name,
        lineStyle: { width: nth === 0 ? unit(2.5) : unit(1.5), color: colour },
        itemStyle: { color: colour },
        endLabel: { show: true, formatter: name, color: colour, fontSize: fontPx },
        silent: true,
      }
    }),
  }
}
