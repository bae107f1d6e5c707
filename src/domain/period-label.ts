import type { Frequency } from './indicator.ts'
import { daysInMonth, offsetMs, utcMs, zonedFields, zonedMs } from './zone-time.ts'

/** Half-open stretch of time, milliseconds since 1970. */
export interface Span {
  start: number
  end: number
}

const unitMs = { H: 3_600_000, N: 60_000, I: 1_000 } as const

const pad = (value: number, length = 2): string => String(value).padStart(length, '0')

/** The frequency's own period around an instant, not cumulated; of an event, the second. */
export function spanAt(freq: Frequency, ms: number, zone: string): Span {
  if (freq === 'H' || freq === 'N' || freq === 'I' || freq === 'E') {
    const unit = unitMs[freq === 'E' ? 'I' : freq]
    const start = ms - modulo(ms + offsetMs(ms, zone), unit)
    return { start, end: start + unit }
  }
  const { year, month, day, weekday } = zonedFields(ms, zone)
  const at = (m: number, d = 1): number => zonedMs(zone, year, m, d)
  switch (freq) {
    case 'A':
      return { start: at(1), end: at(13) }
    case 'S':
      return month <= 6 ? { start: at(1), end: at(7) } : { start: at(7), end: at(13) }
    case 'Q': {
      const first = month - ((month - 1) % 3)
      return { start: at(first), end: at(first + 3) }
    }
    case 'M':
      return { start: at(month), end: at(month + 1) }
    case 'X': {
      const first = day <= 10 ? 1 : day <= 20 ? 11 : 21
      return { start: at(month, first), end: first === 21 ? at(month + 1) : at(month, first + 10) }
    }
    case 'W':
      return { start: at(month, day - weekday + 1), end: at(month, day - weekday + 8) }
    case 'D':
      return { start: at(month, day), end: at(month, day + 1) }
  }
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}

/** Machine label of the span that starts there. */
export function spanLabel(freq: Frequency, start: number, zone: string): string {
  const { year, month, day, hour, minute, second } = zonedFields(start, zone)
  const y = pad(year, 4)
  const date = `${y}-${pad(month)}-${pad(day)}`
  switch (freq) {
    case 'A':
      return y
    case 'S':
      return `${y}-S${month <= 6 ? 1 : 2}`
    case 'Q':
      return `${y}-Q${Math.ceil(month / 3)}`
    case 'M':
      return `${y}-${pad(month)}`
    case 'X':
      return `${y}-${pad(month)}-X${day <= 10 ? 1 : day <= 20 ? 2 : 3}`
    case 'W':
      return weekLabel(year, month, day)
    case 'D':
      return date
    case 'H':
      return `${date}T${pad(hour)}${secondTime(start, zone)}`
    case 'N':
      return `${date}T${pad(hour)}:${pad(minute)}${secondTime(start, zone)}`
    case 'I':
    case 'E':
      return `${date}T${pad(hour)}:${pad(minute)}:${pad(second)}${secondTime(start, zone)}`
  }
}

/** ISO 8601 week: the week belongs to the year of its Thursday. */
function weekLabel(year: number, month: number, day: number): string {
  const date = new Date(utcMs(year, month, day))
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7))
  const week = Math.ceil(((date.getTime() - utcMs(date.getUTCFullYear())) / 86_400_000 + 1) / 7)
  return `${pad(date.getUTCFullYear(), 4)}-W${pad(week)}`
}

/** When clocks go back an hour is lived twice; the second one is told apart by its offset. */
function secondTime(ms: number, zone: string): string {
  const { year, month, day, hour, minute, second } = zonedFields(ms, zone)
  if (zonedMs(zone, year, month, day, hour, minute, second) === Math.floor(ms / 1000) * 1000) return ''
  const minutes = offsetMs(ms, zone) / 60_000
  return `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`
}

const labelForm =
  /^(\d{4})(?:-(?:S([12])|Q([1-4])|W(\d\d)|(\d\d)(?:-(?:X([123])|(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d))?)?([+-]\d\d:\d\d)?)?))?))?$/

/** The stretch of time a single machine label names, or undefined when it is none or no such date exists. */
export function labelSpan(label: string, zone: string): Span | undefined {
  const parts = labelForm.exec(label)
  if (!parts) return undefined
  const [, y, half, quarter, week, m, tenDays, d, h, minute, second, offset] = parts
  const year = Number(y)
  if (half) return spanAt('S', zonedMs(zone, year, half === '1' ? 1 : 7), zone)
  if (quarter) return spanAt('Q', zonedMs(zone, year, Number(quarter) * 3), zone)
  if (week) return weekSpan(year, Number(week), label, zone)
  if (!m) return spanAt('A', zonedMs(zone, year), zone)
  const month = Number(m)
  if (month < 1 || month > 12) return undefined
  if (tenDays) return spanAt('X', zonedMs(zone, year, month, Number(tenDays) * 10 - 9), zone)
  if (!d) return spanAt('M', zonedMs(zone, year, month), zone)
  const day = Number(d)
  if (day < 1 || day > daysInMonth(year, month)) return undefined
  if (h === undefined) return existing(spanAt('D', zonedMs(zone, year, month, day), zone), 'D', label, zone)
  return timeSpan(
    [year, month, day, Number(h), Number(minute ?? 0), Number(second ?? 0)],
    second ? 'I' : minute ? 'N' : 'H',
    offset,
    label,
    zone,
  )
}

function weekSpan(year: number, week: number, label: string, zone: string): Span | undefined {
  // 4 January is always in week 1.
  return existing(spanAt('W', zonedMs(zone, year, 1, 4 + (week - 1) * 7), zone), 'W', label, zone)
}

type Clock = [year: number, month: number, day: number, hour: number, minute: number, second: number]

function timeSpan(
  clock: Clock,
  freq: 'H' | 'N' | 'I',
  offset: string | undefined,
  label: string,
  zone: string,
): Span | undefined {
  if (clock[3] > 23 || clock[4] > 59 || clock[5] > 59) return undefined
  const sign = offset?.startsWith('-') ? -1 : 1
  const start = offset
    ? utcMs(...clock) - sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * 60_000
    : zonedMs(zone, ...clock)
  return existing({ start, end: start + unitMs[freq] }, freq, label, zone)
}

/** A day, hour or week that the zone never had (a skipped day, a clock put forward, week 53) names nothing. */
function existing(span: Span, freq: Frequency, label: string, zone: string): Span | undefined {
  return spanLabel(freq, span.start, zone) === label ? span : undefined
}
