import type { EChartsCoreOption } from 'echarts/core'
import { formatNumber } from '../../domain/number-format.ts'
import { zonedFields } from '../../domain/zone-time.ts'
import type { ChartInk } from '../../ui/chart-ink.ts'
import type { Point } from './series-points.ts'

/** Margins of the plot in px: the pointer's place is computed from them. */
export const plotMargin = { left: 64, right: 24, top: 16, bottom: 32 }

export interface SeriesPicture {
  points: readonly Point[]
  /** Constant target in the chart's scale, or none. */
  target: number | undefined
  from: number
  to: number
  timeZone: string
}

/** One line, hairlines, dashed target. No tooltip: what the pointer meets is printed as a figure below the chart. */
export function seriesOption(
  { points, target, from, to, timeZone }: SeriesPicture,
  ink: ChartInk,
): EChartsCoreOption {
  const values = points.flatMap(([, value]) => value ?? [])
  const last = points.findLast(([, value]) => value !== null)
  const wide = to - from > 3 * 86_400_000
  return {
    grid: plotMargin,
    xAxis: {
      type: 'time',
      min: from,
      max: to,
      axisLabel: { hideOverlap: true, formatter: (ms: number) => tickText(ms, timeZone, wide) },
    },
    yAxis: {
      type: 'value',
      scale: !startsAtZero(values),
      axisLabel: { formatter: (value: number) => formatNumber(value, decimalsOf(value)) },
    },
    series: [
      {
        type: 'line',
        data: points,
        showSymbol: values.length === 1,
        lineStyle: { width: 2.5, color: ink.acc },
        itemStyle: { color: ink.acc },
        ...(target === undefined ? {} : { markLine: targetLine(target, ink) }),
      },
      ...(last ? [endDot(last, ink)] : []),
    ],
  }
}

function targetLine(target: number, ink: ChartInk): object {
  const lineStyle = { type: [6, 4], color: ink['ink-2'], width: 1.5 }
  return { symbol: 'none', silent: true, label: { show: false }, lineStyle, data: [{ yAxis: target }] }
}

function endDot(last: Point, ink: ChartInk): object {
  const itemStyle = { color: ink.acc, borderColor: ink['bg-1'], borderWidth: 2.5 }
  return { type: 'line', data: [last], symbol: 'circle', symbolSize: 10, showSymbol: true, itemStyle }
}

/** An axis that is cut must not make a small change look large: from zero wherever the values come near it. */
function startsAtZero(values: readonly number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return low >= 0 && low < high / 2
}

function decimalsOf(value: number): number {
  const [, fraction = ''] = String(Number(value.toPrecision(6))).split('.')
  return Math.min(3, fraction.length)
}

function tickText(ms: number, timeZone: string, wide: boolean): string {
  const { year, month, day, hour, minute } = zonedFields(ms, timeZone)
  const pad = (part: number): string => String(part).padStart(2, '0')
  if (!wide) return hour === 0 && minute === 0 ? `${month}-${pad(day)}` : `${pad(hour)}:${pad(minute)}`
  return month === 1 && day === 1
    ? String(year)
    : day === 1
      ? `${year}-${pad(month)}`
      : `${month}-${pad(day)}`
}
