import type { Indicator } from './indicator.ts'
import { type Comparison, type Observation, type Period, seriesKey } from './observation.ts'
import { periodOf, sameCumulativeWindow, shiftPeriod } from './period.ts'
import { distance, isRate, isUnfinished, targetFor } from './target.ts'
import { unitOf } from './unit.ts'

export type ComparedIndicator = Pick<
  Indicator,
  'code' | 'unit' | 'freq' | 'timeBasis' | 'jointFirstPeriods' | 'comparisons' | 'targets' | 'priceBasis'
>

/** What must be known to compare: for 累计同比 of a monthly sum all months of both years, otherwise one earlier period. */
export interface NeededPeriods {
  kind: 'yoy' | 'mom' | 'ytd-yoy'
  /** Periods beside the observation's own that add up to the compared value; only for ytd-yoy of sums. */
  added: Period[]
  base: Period[]
}

/** The periods a comparison needs, so that a caller may fetch them first and compare without waiting. */
export function comparisonPeriods(
  indicator: ComparedIndicator,
  period: Period,
  zone: string,
): NeededPeriods[] {
  const needed: NeededPeriods[] = []
  for (const kind of new Set(indicator.comparisons)) {
    if (kind === 'target') continue
    const found =
      kind === 'ytd-yoy' && indicator.timeBasis === 'sum'
        ? yearToDate(indicator, period, zone)
        : single(indicator, period, kind, zone)
    if (found) needed.push(found)
  }
  return needed
}

function single(
  indicator: ComparedIndicator,
  period: Period,
  kind: NeededPeriods['kind'],
  zone: string,
): NeededPeriods | undefined {
  const cumulative = indicator.timeBasis === 'cumulative-ytd' || indicator.timeBasis === 'cumulative-day'
  if (kind === 'mom' && cumulative) return undefined
  if (kind === 'ytd-yoy' && !cumulative) return undefined
  const base = shiftPeriod(period, indicator, zone, kind === 'mom' ? 'previous' : 'year-ago')
  if (!base || (cumulative && !sameCumulativeWindow(period, base, zone))) return undefined
  // 1—2月 and March are no pair: the joint period is twice as long.
  if (kind === 'mom' && base.label.includes('/') !== period.label.includes('/')) return undefined
  return { kind, added: [], base: [base] }
}

function yearToDate(indicator: ComparedIndicator, period: Period, zone: string): NeededPeriods | undefined {
  if (!['S', 'Q', 'M'].includes(indicator.freq)) return undefined
  const year = periodOf('A', 'sum', Date.parse(period.start), zone)
  const own: Period[] = []
  for (
    let at: Period | undefined = period;
    at && at.start >= year.start;
    at = shiftPeriod(at, indicator, zone, 'previous')
  )
    own.push(at)
  const base = own.map((at) => shiftPeriod(at, indicator, zone, 'year-ago'))
  return base.every((at) => at !== undefined) ? { kind: 'ytd-yoy', added: own.slice(1), base } : undefined
}

export type Lookup = (periodStart: string, periodEnd: string) => Observation | undefined

/**
 * Growth of an observation: 个百分点 for rates, % for levels. What the source published stands above what could be computed.
 * Only values of the same indicator, series and provenance class are compared, so growth at constant prices never comes from
 * current values and invented never meets published. No base, a base of 0 or below, or a break in the series: no comparison.
 */
export function comparisonsFor(
  indicator: ComparedIndicator,
  observation: Omit<Observation, 'revision'>,
  lookup: Lookup,
  zone: string,
): Comparison[] {
  const published = observation.comparisons.filter((comparison) => comparison.published === true)
  const known = new Set(published.map(({ kind }) => kind))
  const computed: Comparison[] = []
  for (const needed of comparisonPeriods(indicator, observation.period, zone)) {
    if (known.has(needed.kind)) continue
    const value = grown(indicator, observation, needed, lookup)
    if (value !== undefined) computed.push({ kind: needed.kind, ...value })
  }
  if (indicator.comparisons.includes('target') && !known.has('target'))
    computed.push(...againstTarget(indicator, observation))
  return [...published, ...computed]
}

type Growth = Pick<Comparison, 'value' | 'unit'>

function grown(
  indicator: ComparedIndicator,
  observation: Omit<Observation, 'revision'>,
  needed: NeededPeriods,
  lookup: Lookup,
): Growth | undefined {
  const total = (periods: Period[]): number | undefined => {
    let sum = 0
    for (const { start, end } of periods) {
      const found = lookup(start, end)
      if (!found || found.value === null || !comparable(observation, found)) return undefined
      sum += found.value
    }
    return sum
  }
  const [added, base] = [total(needed.added), total(needed.base)]
  if (observation.value === null || observation.status === 'B' || added === undefined || base === undefined)
    return undefined
  return growth(indicator.unit, observation.value + added, base)
}

/** Two values of one series and one provenance class; derived counts as real, since one synthetic input makes synthetic. */
function comparable(a: Omit<Observation, 'revision'>, b: Observation): boolean {
  return (
    seriesKey(a.indicator, a.region, a.dims) === seriesKey(b.indicator, b.region, b.dims) &&
    a.unit === b.unit &&
    (a.provenance === 'synthetic') === (b.provenance === 'synthetic') &&
    b.status !== 'M'
  )
}

function growth(unit: string, value: number, base: number): Growth | undefined {
  if (isRate(unit)) return { value: rounded(value - base), unit: 'pp' }
  // A ratio to nothing, to a negative base, or on a scale without a zero says nothing.
  if (base <= 0 || unitOf(unit)?.unit.interval) return undefined
  return { value: rounded((value / base - 1) * 100), unit: '%' }
}

function againstTarget(
  indicator: ComparedIndicator,
  observation: Omit<Observation, 'revision'>,
): Comparison[] {
  const target = observation.value === null ? undefined : targetFor(indicator, observation)
  if (!target || observation.value === null || isUnfinished(indicator, target, observation)) return []
  const gap = distance(target, observation.value)
  if (isRate(indicator.unit)) return [{ kind: 'target', value: rounded(gap), unit: 'pp' }]
  const bound = observation.value - gap
  const value =
    gap === 0 ? { value: 0, unit: '%' as const } : growth(indicator.unit, observation.value, bound)
  return value ? [{ kind: 'target', ...value }] : []
}

/** Ten significant digits, so that engines and storage agree on the text. */
function rounded(value: number): number {
  return Number(value.toPrecision(10)) || 0
}
