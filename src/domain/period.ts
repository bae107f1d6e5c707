import type { Frequency, TimeBasis } from './indicator.ts'
import { toInstant } from './instant.ts'
import type { Period } from './observation.ts'
import { labelSpan, spanAt, spanLabel, type Span } from './period-label.ts'
import { daysInMonth, zonedFields, zonedMs } from './zone-time.ts'

export interface PeriodRule {
  freq: Frequency
  timeBasis: TimeBasis
  /** Months (or quarters) published together at the start of a year; 2 for 1—2月. */
  jointFirstPeriods?: number | undefined
}

function isCumulative(timeBasis: TimeBasis): boolean {
  return timeBasis === 'cumulative-ytd' || timeBasis === 'cumulative-day'
}

/** Frequency whose grid a figure stands on: a cumulative quarter is written in months, an instant in seconds. */
function gridOf({ freq, timeBasis }: PeriodRule): Frequency {
  if (timeBasis === 'instant' || freq === 'E') return 'I'
  return freq
}

function period(start: number, end: number, label: string): Period {
  return { start: toInstant(start), end: toInstant(end), label }
}

function cumulationStart(timeBasis: TimeBasis, ms: number, zone: string): number {
  const { year, month, day } = zonedFields(ms, zone)
  return timeBasis === 'cumulative-day' ? zonedMs(zone, year, month, day) : zonedMs(zone, year)
}

/** Label of a range: months for what is made of months, else the frequency's own form. */
function rangeLabel(freq: Frequency, start: number, end: number, zone: string): string {
  const form = freq === 'A' || freq === 'S' || freq === 'Q' ? 'M' : freq === 'X' || freq === 'W' ? 'D' : freq
  return `${spanLabel(form, spanAt(form, start, zone).start, zone)}/${spanLabel(form, spanAt(form, end - 1, zone).start, zone)}`
}

function firstSpans(span: Span, { freq, jointFirstPeriods }: PeriodRule, zone: string): Span {
  if (!jointFirstPeriods || !['M', 'Q'].includes(freq)) return span
  const { year, month } = zonedFields(span.start, zone)
  const months = jointFirstPeriods * (freq === 'Q' ? 3 : 1)
  return month <= months ? { start: zonedMs(zone, year), end: zonedMs(zone, year, months + 1) } : span
}

function fromSpan(rule: PeriodRule, raw: Span, zone: string): Period {
  const span = firstSpans(raw, rule, zone)
  if (isCumulative(rule.timeBasis)) {
    // A cumulation up to an instant (freq E) has no span of its own: it ends where it was read.
    const start = cumulationStart(rule.timeBasis, raw.start, zone)
    const grid = gridOf(rule)
    const end = span.end
    return period(start, end, rangeLabel(grid, start, Math.max(end, start + 1), zone))
  }
  if (rule.timeBasis === 'instant' || rule.freq === 'E') return instantPeriod(rule.freq, raw.start, zone)
  const joined = span.start !== raw.start || span.end !== raw.end
  return period(
    span.start,
    span.end,
    joined ? rangeLabel(rule.freq, span.start, span.end, zone) : spanLabel(rule.freq, span.start, zone),
  )
}

/** An instant keeps its time to the second; its label is no finer than it needs to be. */
function instantPeriod(freq: Frequency, ms: number, zone: string): Period {
  const { minute, second } = zonedFields(ms, zone)
  const form: Frequency = second !== 0 || freq === 'I' ? 'I' : minute !== 0 || freq !== 'H' ? 'N' : 'H'
  return period(ms, ms, spanLabel(form, ms, zone))
}

/**
 * The period of a figure that contains an instant: boundaries in the city's zone, answer in UTC. A cumulative one runs
 * from the start of the year or day to the end of the frequency's period around the instant; an `instant` one is the
 * instant itself, to the second.
 */
export function periodOf(
  freq: Frequency,
  timeBasis: TimeBasis,
  instantMs: number,
  zone: string,
  options: { jointFirstPeriods?: number | undefined } = {},
): Period {
  const rule = { freq, timeBasis, ...options }
  return fromSpan(rule, spanAt(gridOf(rule), instantMs, zone), zone)
}

/**
 * The period a machine label names, or undefined when it names none of this frequency. Labels: 2026, 2026-S1, 2026-Q1,
 * 2026-03, 2026-03-X2 (旬), 2026-W12, 2026-08-06, 2026-08-06T14, …T14:32, …T14:32:08 and ranges A/B. For a cumulative figure a
 * single label means "from the start until the end of".
 */
export function parsePeriodLabel(
  label: string,
  freq: Frequency,
  timeBasis: TimeBasis,
  zone: string,
  options: { jointFirstPeriods?: number | undefined } = {},
): Period | undefined {
  const [first, last, ...rest] = label.split('/')
  const from = labelSpan(first!, zone)
  const to = last === undefined ? from : labelSpan(last, zone)
  if (!from || !to || rest.length > 0 || to.end <= from.start) return undefined
  const rule = { freq, timeBasis, ...options }
  if (timeBasis === 'instant' || freq === 'E')
    return last === undefined && !isCumulative(timeBasis)
      ? fromSpan(rule, from, zone)
      : cumulated(rule, from, to, last, zone)
  if (isCumulative(timeBasis)) return cumulated(rule, from, to, last, zone)
  const named = { start: from.start, end: to.end }
  const own = firstSpans(spanAt(freq, named.start, zone), rule, zone)
  const single = spanAt(freq, named.start, zone)
  if (named.end === single.end && named.start === single.start && own.end === single.end)
    return fromSpan(rule, single, zone)
  // A joint first period is named by its whole range or by its last month.
  const joint =
    own.end === named.end &&
    (named.start === own.start || named.start === spanAt(freq, own.end - 1, zone).start)
  return joint ? fromSpan(rule, spanAt(freq, own.start, zone), zone) : undefined
}

function cumulated(
  rule: PeriodRule,
  from: Span,
  to: Span,
  last: string | undefined,
  zone: string,
): Period | undefined {
  if (!isCumulative(rule.timeBasis)) return undefined
  const start = cumulationStart(rule.timeBasis, to.end - 1, zone)
  if (last !== undefined && from.start !== start) return undefined
  if (rule.freq === 'E') return fromSpan(rule, to, zone)
  const final = spanAt(rule.freq, to.end - 1, zone)
  // The named end must be an end of the frequency's own periods: no half-way figure of a quarterly series.
  if (final.end !== to.end) return undefined
  const whole = firstSpans(final, rule, zone)
  return whole.end === to.end ? fromSpan(rule, final, zone) : undefined
}

function yearAgoMs(ms: number, zone: string): number {
  const { year, month, day, hour, minute, second } = zonedFields(ms, zone)
  // 29 February has 28 February as its day a year ago.
  return zonedMs(zone, year - 1, month, Math.min(day, daysInMonth(year - 1, month)), hour, minute, second)
}

const previousStepMs: Partial<Record<Frequency, number>> = {
  W: 7 * 86_400_000,
  H: 3_600_000,
  N: 60_000,
  I: 1_000,
}

function previousInstantMs(freq: Frequency, ms: number, zone: string): number | undefined {
  const step = previousStepMs[freq]
  if (step !== undefined) return ms - step
  const { year, month, day, hour, minute, second } = zonedFields(ms, zone)
  if (freq === 'D') return zonedMs(zone, year, month, day - 1, hour, minute, second)
  const months = { A: 12, S: 6, Q: 3, M: 1 }[freq as string]
  if (months === undefined) return undefined
  const at = new Date(Date.UTC(year, month - 1 - months, 1))
  const [y, m] = [at.getUTCFullYear(), at.getUTCMonth() + 1]
  return zonedMs(zone, y, m, Math.min(day, daysInMonth(y, m)), hour, minute, second)
}

/**
 * The period before (环比) or a year earlier (同比), or undefined where there is none: an event has no predecessor, and week
 * 53 has no namesake in a year of 52. 29 February answers 28 February.
 */
export function shiftPeriod(
  of: Period,
  rule: PeriodRule,
  zone: string,
  by: 'previous' | 'year-ago',
): Period | undefined {
  const { freq, timeBasis } = rule
  const [start, end] = [Date.parse(of.start), Date.parse(of.end)]
  const last = start === end ? start : end - 1
  if (timeBasis === 'instant' || freq === 'E') {
    const ms = by === 'previous' ? previousInstantMs(freq, last, zone) : yearAgoMs(last, zone)
    return ms === undefined ? undefined : periodOf(freq, timeBasis, ms, zone, rule)
  }
  const final = firstSpans(spanAt(freq, last, zone), rule, zone)
  if (by === 'previous') return periodOf(freq, timeBasis, final.start - 1, zone, rule)
  if (freq === 'W') return weekAYearAgo(final.start, rule, zone)
  return periodOf(freq, timeBasis, yearAgoMs(final.start, zone), zone, rule)
}

function weekAYearAgo(start: number, rule: PeriodRule, zone: string): Period | undefined {
  const [year, week] = spanLabel('W', start, zone).split('-W').map(Number)
  const span = labelSpan(`${year! - 1}-W${String(week).padStart(2, '0')}`, zone)
  return span && fromSpan(rule, span, zone)
}

/** Whether two cumulative periods cover the same stretch of their own years, so that their values may be compared. */
export function sameCumulativeWindow(a: Period, b: Period, zone: string): boolean {
  const [startA, startB] = [a, b].map(({ start }) => zonedFields(Date.parse(start), zone))
  const [endA, endB] = [a, b].map(({ end }) => lastMoment(Date.parse(end) - 1, zone))
  const years = startA!.year - startB!.year
  if (startA!.month !== startB!.month || startA!.day !== startB!.day || startA!.hour !== startB!.hour)
    return false
  return endA!.year - endB!.year === years && endA!.moment === endB!.moment
}

function lastMoment(ms: number, zone: string): { year: number; moment: string } {
  const { year, month, day, hour, minute, second } = zonedFields(ms, zone)
  return { year, moment: [month, month === 2 && day === 29 ? 28 : day, hour, minute, second].join() }
}
