import * as v from 'valibot'
import { toInstant } from '../../domain/instant.ts'
import { daysInMonth, zonedFields, zonedMs } from '../../domain/zone-time.ts'
import { readLabel } from './calendar-text.ts'
import { describe, halfWidth } from './number-text.ts'

/**
 * How a source writes time. Instants: `rfc3339`, `city-time` (2026-08-06 14:32:00, its zone the city's), `compact-time`
 * (20260806143200, likewise), `epoch-s`, `epoch-ms`. Calendar periods by their length, in any of the usual spellings (202603,
 * 2026-03, 2026年3月 are one month); `ytd` is 2026-01/2026-06 or 2026年1—6月; `period` is any of the calendar ones that
 * cannot be mistaken for another.
 */
export const TimeFormatSchema = v.picklist([
  'rfc3339',
  'city-time',
  'compact-time',
  'epoch-s',
  'epoch-ms',
  'year',
  'half',
  'quarter',
  'month',
  'ten-day',
  'week',
  'day',
  'hour',
  'minute',
  'ytd',
  'period',
])
export type TimeFormat = v.InferOutput<typeof TimeFormatSchema>

/** How {from} and {to} are written into a request: an instant, or a pattern of YYYY MM DD HH mm ss in the city's zone. */
export const WindowFormatSchema = v.union([
  v.picklist(['rfc3339', 'epoch-s', 'epoch-ms']),
  v.pipe(
    v.string(),
    v.regex(
      /^YYYY(MM|DD|HH|mm|ss|T|[^A-Za-z])*$/,
      'rfc3339, epoch-s, epoch-ms or a pattern like YYYY-MM-DD HH:mm:ss',
    ),
  ),
])
export type WindowFormat = v.InferOutput<typeof WindowFormatSchema>

export type TimeText = { at: { instant: string } | { label: string } } | { reason: string }

/** What a delivered cell says of time, as an instant in UTC or as the machine label of a calendar period. Never guessed: what does not fit the declared format is a reason. */
export function readTime(cell: unknown, format: TimeFormat, timeZone: string, ytd = false): TimeText {
  if (typeof cell !== 'string' && typeof cell !== 'number') return { reason: `no time: ${describe(cell)}` }
  const text = halfWidth(String(cell)).trim()
  const wrong = { reason: `not a time written as ${format}: ${describe(cell)}` }
  if (format === 'epoch-s' || format === 'epoch-ms')
    return fromEpoch(text, format === 'epoch-s' ? 1_000 : 1) ?? wrong
  if (format === 'rfc3339') return fromRfc3339(text) ?? wrong
  if (format === 'city-time' || format === 'compact-time')
    return fromWallClock(text, format, timeZone) ?? wrong
  const label = readLabel(text, format, ytd)
  return label === undefined ? wrong : { at: { label } }
}

// Seconds taken for milliseconds land in January 1970, milliseconds taken for seconds far beyond: neither is a figure's time.
const earliestMs = Date.UTC(1980, 0, 1)
const latestMs = Date.UTC(2200, 0, 1)

function fromEpoch(text: string, unitMs: number): TimeText | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined
  const epochMs = Math.round(Number(text) * unitMs)
  return epochMs >= earliestMs && epochMs < latestMs ? { at: { instant: toInstant(epochMs) } } : undefined
}

function fromRfc3339(text: string): TimeText | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(text)
  if (!parts || !isDateTime(parts.slice(1, 7).map(Number))) return undefined
  const epochMs = Date.parse(text.toUpperCase().replace(' ', 'T'))
  return Number.isNaN(epochMs) ? undefined : { at: { instant: toInstant(epochMs) } }
}

function fromWallClock(
  text: string,
  format: 'city-time' | 'compact-time',
  timeZone: string,
): TimeText | undefined {
  const found =
    format === 'city-time'
      ? /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/.exec(text)
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\d{3})?$/.exec(text)
  const parts = found?.slice(1, 7).map((part) => Number(part ?? 0)) ?? []
  if (!isDateTime(parts)) return undefined
  const [year = 0, month, day, hour, minute, second] = parts
  const epochMs = zonedMs(timeZone, year, month, day, hour, minute, second)
  const shown = zonedFields(epochMs, timeZone)
  // In the hour that a clock change skips no clock of the city ever showed this time.
  return shown.hour === hour && shown.minute === minute ? { at: { instant: toInstant(epochMs) } } : undefined
}

/** Whether the calendar has such a day and the clock such a time. */
function isDateTime([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: number[]): boolean {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return false
  return hour <= 23 && minute <= 59 && second <= 59
}

/** An end of the window as the source wants to read it. */
export function writeTime(instant: string, format: WindowFormat, timeZone: string): string {
  const epochMs = Date.parse(instant)
  if (format === 'rfc3339') return toInstant(epochMs)
  if (format === 'epoch-ms') return String(epochMs)
  if (format === 'epoch-s') return String(Math.floor(epochMs / 1_000))
  const { year, month, day, hour, minute, second } = zonedFields(epochMs, timeZone)
  const shown: Record<string, number> = { YYYY: year, MM: month, DD: day, HH: hour, mm: minute, ss: second }
  return format.replace(/YYYY|MM|DD|HH|mm|ss/g, (token) => String(shown[token]).padStart(token.length, '0'))
}
