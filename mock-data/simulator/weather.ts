import { clamp, drift, fraction, fromCurve, rounded } from './chance.ts'
import { cityParts, dayMs, hourMs, zoneOffsetMs } from './city-time.ts'
import { remembered } from './remembered.ts'

/** Monthly means about the published climate of the city (year 6 ℃, summer 22.3 ℃, winter −15.7 ℃: facts rows 83, 84). */
const monthMean = [-15.6, -11.2, -2.4, 8.1, 15.7, 20.9, 23.2, 21.8, 15.6, 7.3, -3.4, -12.4]
/** Degrees above the day's mean at each hour: coldest before sunrise, warmest at 14 h. */
const dayCurve = [
  -2.6, -3.1, -3.6, -4.0, -4.3, -4.4, -3.7, -2.3, -0.6, 1.1, 2.6, 3.8, 4.6, 5.1, 5.2, 4.8, 4.0, 2.8, 1.5, 0.5,
  -0.3, -1.0, -1.6, -2.1,
]
/** Chance that a six-hour block is wet, by month; the year's 564.1 mm fall mostly from June to August. */
const wetChance = [0.05, 0.05, 0.08, 0.12, 0.2, 0.28, 0.34, 0.3, 0.18, 0.12, 0.08, 0.06]
/** Millimetres in an hour of a wet block at full strength. */
const wetDepth = [0.2, 0.2, 0.4, 0.9, 1.7, 3.2, 5.2, 4.6, 1.8, 0.9, 0.4, 0.3]

const blockMs = 6 * hourMs

export function hourOfDay(epochMs: number): number {
  return ((epochMs + zoneOffsetMs) % dayMs) / hourMs
}

/** Position in the year as months from the middle of January, for tables that wrap around. */
export function monthPosition(epochMs: number): number {
  const { month, day } = cityParts(epochMs)
  return month - 1 + (day - 15) / 30.4
}

/** Air temperature, ℃. */
export function temperature(seed: string, epochMs: number): number {
  const day = (epochMs + zoneOffsetMs) / dayMs
  const weather = 4.2 * drift(seed, day / 3.5, 'weather', 'mass')
  const minute = 0.25 * drift(seed, epochMs / 420_000, 'weather', 'minute')
  const cooled = rainRate(seed, epochMs) > 0.5 ? -1.6 : 0
  return rounded(
    fromCurve(monthMean, monthPosition(epochMs)) +
      fromCurve(dayCurve, hourOfDay(epochMs)) +
      weather +
      minute +
      cooled,
    1,
  )
}

const tenMinutesMs = 600_000

/** Highest temperature from the city's midnight to the end of the ten-minute mark with this number. */
const highestToMark: (seed: string, mark: number) => number = remembered(4_000, (seed, mark): number => {
  const own = temperature(seed, mark * tenMinutesMs)
  const first = (mark * tenMinutesMs + zoneOffsetMs) % dayMs === 0
  return first ? own : Math.max(own, highestToMark(seed, mark - 1))
})

/** Highest temperature so far on the city's day, ℃: read at whole ten minutes. */
export function highestSoFar(seed: string, epochMs: number): number {
  return highestToMark(seed, Math.floor(epochMs / tenMinutesMs))
}

/** Rain or melted snow, mm/h. */
export function rainRate(seed: string, epochMs: number): number {
  const block = Math.floor((epochMs + zoneOffsetMs) / blockMs)
  const month = monthPosition(epochMs)
  const wet = fraction(seed, 'rain', block) < fromCurve(wetChance, month)
  if (!wet) return 0
  const strength = clamp(0.5 + 0.9 * drift(seed, epochMs / 2_400_000, 'rain', 'shower'), 0, 1.4)
  return rounded(fromCurve(wetDepth, month) * strength * strength, 1)
}

const rateAtTenMinutes = remembered(60_000, rainRate)

/** Millimetres fallen in the hours before, read every ten minutes. */
export function rainSum(seed: string, epochMs: number, hours: number): number {
  let sum = 0
  const end = Math.floor(epochMs / 600_000) * 600_000
  for (let at = end - hours * hourMs; at < end; at += 600_000) sum += rateAtTenMinutes(seed, at) / 6
  return rounded(sum, 1)
}

/** Mean wind over ten minutes, m/s; spring is windy. */
export function windSpeed(seed: string, epochMs: number): number {
  const { month } = cityParts(epochMs)
  const spring = month >= 3 && month <= 5 ? 1.4 : 0
  return rounded(
    clamp(
      3.1 +
        spring +
        2.1 * drift(seed, epochMs / 9_000_000, 'wind') +
        0.5 * drift(seed, epochMs / 600_000, 'wind', 'ten'),
      0.2,
      16,
    ),
    1,
  )
}

export function gust(seed: string, epochMs: number): number {
  return rounded(
    windSpeed(seed, epochMs) * (1.4 + 0.3 * fraction(seed, 'gust', Math.floor(epochMs / 600_000))),
    1,
  )
}

/** Where the wind comes from, degrees; south-west in summer, west in winter. */
export function windDirection(seed: string, epochMs: number): number {
  const { month } = cityParts(epochMs)
  const base = month >= 5 && month <= 9 ? 205 : 255
  return Math.floor((base + 70 * drift(seed, epochMs / 14_000_000, 'wind', 'from') + 360) % 360)
}

/** Phenomenon: 0 晴, 1 多云, 2 阴, 3 小雨, 4 中雨, 5 大雨, 6 雪. */
export function sky(seed: string, epochMs: number): number {
  const rate = rainRate(seed, epochMs)
  if (rate > 0.1) {
    if (temperature(seed, epochMs) < 0) return 6
    return rate > 4 ? 5 : rate > 1.5 ? 4 : 3
  }
  const cloud = drift(seed, epochMs / 16_000_000, 'cloud')
  return cloud > 0.3 ? 2 : cloud > -0.2 ? 1 : 0
}
