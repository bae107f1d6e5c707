/** The demo city keeps Asia/Shanghai, which has had no summer time since 1991: its offset is a constant. */
export const zoneOffsetMs = 28_800_000
export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000

export interface CityParts {
  year: number
  /** 1–12 */
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** 0 Sunday … 6 Saturday */
  weekday: number
}

export function cityParts(epochMs: number): CityParts {
  const local = new Date(epochMs + zoneOffsetMs)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    weekday: local.getUTCDay(),
  }
}

/** Milliseconds since 1970 of a wall-clock time in the city; months and days may overflow as in Date.UTC. */
export function cityMs(year: number, month: number, day = 1, hour = 0, minute = 0, second = 0): number {
  return Date.UTC(year, month - 1, day, hour, minute, second) - zoneOffsetMs
}

/** Number of the city's day since 1970. */
export function dayIndex(epochMs: number): number {
  return Math.floor((epochMs + zoneOffsetMs) / dayMs)
}

export function dayStartMs(day: number): number {
  return day * dayMs - zoneOffsetMs
}

/** `YYYY-MM-DD HH:mm:ss` in the city's zone, as departments write it. */
export function cityText(epochMs: number): string {
  return new Date(epochMs + zoneOffsetMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** First day of the lunar year (Gregorian month and day), from the published calendar. */
const springFestivals: Record<number, [month: number, day: number]> = {
  2019: [2, 5],
  2020: [1, 25],
  2021: [2, 12],
  2022: [2, 1],
  2023: [1, 22],
  2024: [2, 10],
  2025: [1, 29],
  2026: [2, 17],
  2027: [2, 6],
  2028: [1, 26],
  2029: [2, 13],
  2030: [2, 3],
  2031: [1, 23],
}

/** Days from the nearest Spring Festival: negative before it. Far from any known one it is 99. */
export function daysFromSpringFestival(epochMs: number): number {
  const { year } = cityParts(epochMs)
  const festival = springFestivals[year]
  if (!festival) return 99
  return dayIndex(epochMs) - dayIndex(cityMs(year, festival[0], festival[1]))
}

/** 1 in ordinary times, down to `depth` in the festival week and easing back over a fortnight. */
export function festivalFactor(epochMs: number, depth: number): number {
  const days = daysFromSpringFestival(epochMs)
  if (days < -7 || days > 15) return 1
  if (days >= -1 && days <= 6) return depth
  const ease = days < -1 ? (days + 7) / 6 : (15 - days) / 9
  return days < -1 ? 1 - (1 - depth) * ease : 1 - (1 - depth) * ease
}
