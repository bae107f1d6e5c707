import * as v from 'valibot'

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
      /^YYYY[^A-Za-z]*(MM|$)[^A-Za-z]*(DD)?[ T]?(HH)?:?(mm)?:?(ss)?$/,
      'a pattern looks like YYYY-MM-DD HH:mm:ss',
    ),
  ),
])
export type WindowFormat = v.InferOutput<typeof WindowFormatSchema>
