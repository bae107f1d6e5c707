import type { Indicator, Target } from './indicator.ts'
import type { Observation } from './observation.ts'
import { unitOf } from './unit.ts'

type Judged = Pick<Observation, 'region' | 'dims' | 'period' | 'provenance'>

/** Months of a year that a label covers, or undefined when it covers no whole months (a day, a week, an instant). */
function monthsOf(label: string): { year: string; first: number; last: number } | undefined {
  const [from, to = from] = label.split('/')
  const [a, b] = [wholeMonths(from!), wholeMonths(to!)]
  return a && b && a.year === b.year ? { year: a.year, first: a.first, last: b.last } : undefined
}

function wholeMonths(label: string): { year: string; first: number; last: number } | undefined {
  const parts = /^(\d{4})(?:-(?:S([12])|Q([1-4])|(\d\d)))?$/.exec(label)
  if (!parts) return undefined
  const [, year, half, quarter, month] = parts
  if (half) return { year: year!, first: Number(half) * 6 - 5, last: Number(half) * 6 }
  if (quarter) return { year: year!, first: Number(quarter) * 3 - 2, last: Number(quarter) * 3 }
  return month
    ? { year: year!, first: Number(month), last: Number(month) }
    : { year: year!, first: 1, last: 12 }
}

/** Whether a target's period speaks of the labelled one: of the same year, or of exactly that quarter or month. */
function covers(target: string | undefined, label: string, cumulative: boolean): boolean {
  if (target === undefined || target === label) return true
  if (/^\d{4}$/.test(target)) return label.slice(0, 4) === target
  const [bound, months] = [monthsOf(target), monthsOf(label)]
  if (!bound || !months || bound.year !== months.year) return false
  return cumulative ? bound.last === months.last : bound.first <= months.first && months.last <= bound.last
}

/**
 * The target an observation is measured against: of its own region, of its period (the narrowest one that fits), and never
 * an invented target for a published value. Targets speak of a whole, so a value broken down by dimension has none.
 */
export function targetFor(
  indicator: Pick<Indicator, 'targets' | 'timeBasis'>,
  observation: Judged,
): Target | undefined {
  if (Object.keys(observation.dims).length > 0) return undefined
  const cumulative = indicator.timeBasis === 'cumulative-ytd'
  const fitting = indicator.targets.filter(
    (target) =>
      target.region === observation.region &&
      covers(target.period, observation.period.label, cumulative) &&
      (observation.provenance === 'synthetic' || target.source.provenance === 'real'),
  )
  const breadth = (target: Target): number =>
    target.period === undefined ? 3 : /^\d{4}$/.test(target.period) ? 2 : 1
  return fitting.sort((a, b) => breadth(a) - breadth(b))[0]
}

/** True where values are rates, so that differences are in 个百分点. */
export function isRate(unit: string): boolean {
  const code = unitOf(unit)?.unit.code
  return code === '%' || code === 'pp'
}

/** How far a value is from its target, in the value's own unit: negative below; 0 inside a range. */
export function distance(target: Target, value: number): number {
  if (typeof target.value === 'number') return value - target.value
  const [low, high] = target.value
  return value < low ? value - low : value > high ? value - high : 0
}

/** True while a target for a whole year stands against a level that is still adding up (Jan–June of a yearly sum). */
export function isUnfinished(
  indicator: Pick<Indicator, 'timeBasis' | 'unit'>,
  target: Target,
  observation: Pick<Observation, 'period'>,
): boolean {
  if (indicator.timeBasis !== 'cumulative-ytd' || isRate(indicator.unit)) return false
  if (target.period === undefined || !/^\d{4}$/.test(target.period)) return false
  return monthsOf(observation.period.label)?.last !== 12
}
