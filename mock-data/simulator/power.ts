import { cityParts, dayMs, festivalFactor, hourMs, zoneOffsetMs } from './city-time.ts'
import { apportion, drift, fromCurve } from './chance.ts'
import { monthOf, slotEndMs, slotStartMs } from './cadence.ts'
import { counties } from './places.ts'
import { remembered } from './remembered.ts'
import { hourOfDay, monthPosition, temperature } from './weather.ts'

/** Mean use of a day in 2024, 万千瓦时, by month: winter heating and summer cooling. Scaled up from the published 2016 months (facts rows 81, 82). */
const dayUse2024 = [10_350, 9_300, 8_950, 8_500, 8_200, 8_900, 10_150, 10_050, 8_600, 8_450, 9_400, 10_400]
const yearRate: Record<number, number> = {
  2021: 0.9,
  2022: 0.915,
  2023: 0.957,
  2024: 1,
  2025: 1.048,
  2026: 1.105,
  2027: 1.16,
}
const loadCurve = [
  0.82, 0.79, 0.77, 0.76, 0.77, 0.82, 0.9, 0.98, 1.06, 1.1, 1.12, 1.1, 1.05, 1.06, 1.08, 1.08, 1.1, 1.14,
  1.17, 1.16, 1.11, 1.04, 0.95, 0.87,
]

/** Use of the city on a day, 万千瓦时. */
export const dayUse = remembered(3_000, (seed: string, day: number): number => {
  const noon = day * dayMs - zoneOffsetMs + 12 * hourMs
  const { year, weekday } = cityParts(noon)
  const weekend = weekday === 0 || weekday === 6 ? 0.94 : 1
  const heat =
    Math.max(0, temperature(seed, noon) - 26) * 0.012 + Math.max(0, -12 - temperature(seed, noon)) * 0.006
  const noise = 1 + 0.015 * drift(seed, day / 2, 'power', 'day')
  const season = fromCurve(dayUse2024, monthPosition(noon))
  return Math.floor(
    season * (yearRate[year] ?? 1.16) * weekend * festivalFactor(noon, 0.72) * (1 + heat) * noise,
  )
})

/** The same by county unit; the parts sum to the city's figure exactly. */
export const countyDayUse = remembered(3_000, (seed: string, day: number): readonly number[] =>
  apportion(
    dayUse(seed, day),
    counties.map(({ code, power }) => power * (1 + 0.03 * drift(seed, day / 9, 'power', code))),
  ),
)

/** Use of a calendar month, 万千瓦时. */
export function monthUse(seed: string, slot: number): number {
  let sum = 0
  for (let at = slotStartMs('M', slot); at < slotEndMs('M', slot); at += dayMs)
    sum += dayUse(seed, Math.floor((at + zoneOffsetMs) / dayMs))
  return sum
}

/** Industry's part of a month, 万千瓦时. */
export function monthIndustryUse(seed: string, slot: number): number {
  const { month } = monthOf(slot)
  const share = month === 2 ? 0.5 : 0.57
  return Math.floor(monthUse(seed, slot) * (share + 0.02 * drift(seed, slot / 3, 'power', 'industry')))
}

/** Load of the grid now, MW. */
export function load(seed: string, epochMs: number): number {
  const day = Math.floor((epochMs + zoneOffsetMs) / dayMs)
  const mean = (dayUse(seed, day) * 10) / 24
  const flicker =
    1 +
    0.004 * drift(seed, epochMs / 45_000, 'power', 'load') +
    0.001 * drift(seed, epochMs / 5_000, 'power', 'flicker')
  return Math.floor(mean * fromCurve(loadCurve, hourOfDay(epochMs)) * flicker * 10) / 10
}
