import { clamp, drift, fromCurve, rounded } from './chance.ts'
import { remembered } from './remembered.ts'
import { hourOfDay, monthPosition, rainRate, windSpeed } from './weather.ts'

export const pollutants = ['PM25', 'PM10', 'SO2', 'NO2', 'O3', 'CO'] as const
export type Pollutant = (typeof pollutants)[number]

/** Monthly means, μg/m³ (CO mg/m³): heating season high, ozone high in summer. Assumed; the city's annual means are not published. */
const monthMeans: Record<Pollutant, readonly number[]> = {
  PM25: [58, 48, 38, 30, 20, 15, 14, 13, 17, 34, 48, 55],
  PM10: [84, 74, 74, 72, 48, 33, 28, 28, 36, 60, 74, 80],
  SO2: [19, 16, 12, 9, 7, 6, 6, 6, 7, 9, 14, 18],
  NO2: [43, 36, 33, 29, 24, 20, 19, 21, 26, 34, 40, 43],
  O3: [38, 52, 68, 84, 98, 104, 92, 82, 70, 50, 36, 32],
  CO: [1.1, 0.9, 0.8, 0.6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.7, 0.9, 1.0],
}
const rush = [
  0.9, 0.86, 0.84, 0.84, 0.88, 0.98, 1.1, 1.2, 1.18, 1.08, 0.98, 0.92, 0.88, 0.86, 0.87, 0.92, 1.0, 1.12, 1.2,
  1.18, 1.12, 1.06, 1.0, 0.94,
]
const sun = [
  0.5, 0.46, 0.42, 0.4, 0.4, 0.42, 0.5, 0.62, 0.78, 0.96, 1.16, 1.36, 1.52, 1.62, 1.66, 1.6, 1.46, 1.26, 1.04,
  0.86, 0.74, 0.66, 0.6, 0.54,
]

/** What all stations of the city share at an instant, by pollutant: season, hour, weather and the passing episode. */
const cityAir = remembered(4_000, (seed, epochMs): Record<Pollutant, number> => {
  const episode = 1 + 0.45 * drift(seed, epochMs / 130_000_000, 'air', 'episode')
  const wet = rainRate(seed, epochMs) > 0.5
  const blown = clamp(1.18 - 0.05 * windSpeed(seed, epochMs), 0.6, 1.2)
  const [month, hour] = [monthPosition(epochMs), hourOfDay(epochMs)]
  const of = (pollutant: Pollutant): number => {
    const ozone = pollutant === 'O3'
    const level = fromCurve(monthMeans[pollutant], month) * fromCurve(ozone ? sun : rush, hour)
    const passing = episode + 0.15 * drift(seed, epochMs / 10_800_000, 'air', pollutant)
    return level * passing * (wet && !ozone ? 0.72 : 1) * blown
  }
  return { PM25: of('PM25'), PM10: of('PM10'), SO2: of('SO2'), NO2: of('NO2'), O3: of('O3'), CO: of('CO') }
})

/** Hourly mean at a station (or '' for the city's mean), as stations report: whole μg/m³, CO to 0.1 mg/m³. */
export function concentration(seed: string, pollutant: Pollutant, epochMs: number, station: string): number {
  const place = station === '' ? 1 : placeFactor(seed, epochMs, station)
  const own = station === '' ? 1 : place + 0.06 * drift(seed, epochMs / 21_600_000, 'air', station, pollutant)
  const [least, decimals] = pollutant === 'CO' ? [0.1, 1] : [1, 0]
  return Math.max(least, rounded(cityAir(seed, epochMs)[pollutant] * own, decimals))
}

function placeFactor(seed: string, epochMs: number, station: string): number {
  return 1 + 0.2 * drift(seed, epochMs / 50_000_000, 'air', 'station', station)
}

/**
 * Break points of hourly reporting: HJ 633—2026 table 3, in force since 2026-03-01; PM10 and PM2.5 stood otherwise in
 * HJ 633—2012. PM uses the 24 h column with the hourly mean; above 800 μg/m³ the hourly SO2 index stays at 200.
 */
const steps = [0, 50, 100, 150, 200, 300, 400, 500]
const breaks: Record<Pollutant, readonly number[]> = {
  PM25: [0, 35, 60, 115, 150, 250, 350, 500],
  PM10: [0, 50, 120, 250, 350, 420, 500, 600],
  SO2: [0, 150, 500, 650, 800],
  NO2: [0, 100, 200, 700, 1200, 2340, 3090, 3840],
  O3: [0, 160, 200, 300, 400, 800, 1000, 1200],
  CO: [0, 5, 10, 35, 60, 90, 120, 150],
}

const since2026Ms = Date.parse('2026-03-01T00:00:00+08:00')
const before2026: Partial<Record<Pollutant, readonly number[]>> = {
  PM25: [0, 35, 75, 115, 150, 250, 350, 500],
  PM10: [0, 50, 150, 250, 350, 420, 500, 600],
}

export function subIndex(pollutant: Pollutant, value: number, epochMs = since2026Ms): number {
  const points = (epochMs < since2026Ms ? before2026[pollutant] : undefined) ?? breaks[pollutant]
  if (value >= points[points.length - 1]!) return steps[points.length - 1]!
  const above = points.findIndex((point) => value < point)
  const low = points[above - 1]!
  const index =
    ((steps[above]! - steps[above - 1]!) / (points[above]! - low)) * (value - low) + steps[above - 1]!
  // Rounded up by the standard; the dust of binary division must not lift 50 to 51.
  return Math.ceil(index - 1e-9)
}

/** AQI of the hour and its primary pollutant (index into `pollutants`, −1 when the AQI is 50 or less). */
export function airQuality(seed: string, epochMs: number, station: string): { aqi: number; primary: number } {
  const indices = pollutants.map((pollutant) =>
    subIndex(pollutant, concentration(seed, pollutant, epochMs, station), epochMs),
  )
  const aqi = Math.max(...indices)
  return { aqi, primary: aqi > 50 ? indices.indexOf(aqi) : -1 }
}

/** Share of good days from January to the month, per cent: the year's course about the cited 89.6 (facts row 60, grade C). */
export function goodDays(seed: string, year: number, month: number): number {
  const course = [71, 76, 82, 86, 89, 90.6, 91.8, 92.6, 93.2, 92.1, 90.6, 89.4]
  return rounded(course[month - 1]! + 1.4 * drift(seed, year + month / 12, 'air', 'good'), 1)
}
