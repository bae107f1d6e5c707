/** Calendar fields of an instant in some zone; month 1–12, day of week 1 (Monday) – 7. */
export interface ZonedFields {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  weekday: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()
const quarterHour = 900_000
/** Before this, zones moved by odd seconds, so an offset may not be shared within a quarter of an hour. */
const oddOffsetsUntil = Date.UTC(1973, 0, 1)

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    })
    formatters.set(zone, found)
  }
  return found
}

function measureOffsetMs(epochMs: number, zone: string): number {
  const fields: Record<string, string> = {}
  for (const { type, value } of formatter(zone).formatToParts(epochMs)) fields[type] = value
  const year = fields.era === 'BC' ? 1 - Number(fields.year) : Number(fields.year)
  const local = utcMs(
    year,
    Number(fields.month),
    Number(fields.day),
    Number(fields.hour),
    Number(fields.minute),
    Number(fields.second),
  )
  return local - Math.floor(epochMs / 1000) * 1000
}

/** Milliseconds since 1970 of these fields read as UTC; fields beyond their range carry over. */
export function utcMs(year: number, month = 1, day = 1, hour = 0, minute = 0, second = 0): number {
  const date = new Date(0)
  // Date.UTC takes the years 0–99 for 1900–1999.
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, 0)
  return date.getTime()
}

/** How far the zone is ahead of UTC at that instant, in milliseconds. Cached by quarter hour: period arithmetic is hot. */
export function offsetMs(epochMs: number, zone: string): number {
  if (epochMs < oddOffsetsUntil) return measureOffsetMs(epochMs, zone)
  let known = offsets.get(zone)
  if (!known) offsets.set(zone, (known = new Map<number, number>()))
  const slot = Math.floor(epochMs / quarterHour)
  let offset = known.get(slot)
  if (offset === undefined) {
    if (known.size > 20_000) known.clear()
    offset = measureOffsetMs(epochMs, zone)
    known.set(slot, offset)
  }
  return offset
}

/** What clock and calendar show in the zone at that instant. */
export function zonedFields(epochMs: number, zone: string): ZonedFields {
  const local = new Date(epochMs + offsetMs(epochMs, zone))
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    weekday: local.getUTCDay() || 7,
  }
}

/**
 * The instant at which the zone's clock shows these fields. A time that occurs twice means the first one, a time
 * that is skipped means as long after the gap's start as it was asked for (RFC 5545 and Temporal do the same).
 */
export function zonedMs(
  zone: string,
  year: number,
  month = 1,
  day = 1,
  hour = 0,
  minute = 0,
  second = 0,
): number {
  const local = utcMs(year, month, day, hour, minute, second)
  const before = offsetMs(local - 86_400_000, zone)
  const after = offsetMs(local + 86_400_000, zone)
  const fitting = [local - before, local - after].filter((ms) => ms + offsetMs(ms, zone) === local)
  return fitting.length > 0 ? Math.min(...fitting) : local - before
}

/** Days of a month, 1–12. */
export function daysInMonth(year: number, month: number): number {
  return new Date(utcMs(year, month + 1, 0)).getUTCDate()
}
