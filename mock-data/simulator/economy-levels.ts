import { monthOf, quarterOf, slotOfMonth } from './cadence.ts'
import { apportion, drift, fraction, rounded } from './chance.ts'
import { counties } from './places.ts'
import { remembered } from './remembered.ts'
import { cityMs, festivalFactor } from './city-time.ts'

/**
 * City totals of a year, 亿元. The years up to 2025 lie on the cited figures (mock-data/facts, rows 1, 13, 23, 29, 33;
 * grades A–C, used as a scale only); later years continue at the stated nominal rate.
 */
const anchors: Record<
  'gdp' | 'retail' | 'revenue' | 'trade',
  { years: Record<number, number>; last: number; rate: number }
> = {
  gdp: {
    years: { 2021: 7103.1, 2022: 6744.6, 2023: 7002.1, 2024: 7632.2, 2025: 8014 },
    last: 2025,
    rate: 1.056,
  },
  retail: { years: { 2022: 1875, 2023: 2100, 2024: 2184, 2025: 2284 }, last: 2025, rate: 1.051 },
  revenue: { years: { 2022: 459.7, 2023: 576.5, 2024: 593, 2025: 614 }, last: 2025, rate: 1.046 },
  trade: { years: { 2022: 1180, 2023: 1246, 2024: 1231, 2025: 1262 }, last: 2025, rate: 1.032 },
}
export type Flow = keyof typeof anchors

export function yearTotal(flow: Flow, year: number): number {
  const { years, last, rate } = anchors[flow]
  const first = Math.min(...Object.keys(years).map(Number))
  if (year < first) return years[first]!
  let total = years[Math.min(year, last)]!
  for (let y = last; y < year; y += 1) total *= rate
  return total
}

/** Share of a year in each month; the sums of a quarter follow 2024Q1 and 2025H1 of the cited figures for GDP. */
const seasons: Record<Exclude<Flow, 'gdp'>, readonly number[]> = {
  retail: [8.6, 7.4, 7.8, 7.7, 8.3, 8.4, 8.0, 8.1, 8.6, 9.1, 8.8, 9.2],
  revenue: [10.6, 6.4, 8.2, 8.8, 7.6, 9.0, 8.1, 6.9, 8.4, 8.9, 7.6, 9.5],
  trade: [8.4, 6.6, 8.6, 8.3, 8.4, 8.5, 8.2, 8.3, 8.8, 8.2, 8.6, 9.1],
}
const gdpToDate = [0.201, 0.4685, 0.7242, 1]

/** 亿元 of one month, in whole 万元 so that parts can sum exactly. */
export function monthTotal(seed: string, flow: Exclude<Flow, 'gdp'>, slot: number): number {
  const { year, month } = monthOf(slot)
  const weights = seasons[flow]
  const share = weights[month - 1]! / weights.reduce((a, b) => a + b, 0)
  const festival = flow === 'trade' ? festivalFactor(cityMs(year, month, 15), 0.9) : 1
  const noise = 1 + 0.012 * drift(seed, slot / 2, flow, 'month')
  return Math.floor(yearTotal(flow, year) * share * festival * noise * 10_000)
}

/** 万元 from January to the month, for the city. */
export function toDate(seed: string, flow: Exclude<Flow, 'gdp'>, slot: number): number {
  const { year, month } = monthOf(slot)
  let sum = 0
  for (let m = 1; m <= month; m += 1) sum += monthTotal(seed, flow, slotOfMonth(year, m))
  return sum
}

/** 万元 of public revenue to date of every county unit: they sum to the city's total exactly. */
export const countyRevenueToDate: (seed: string, slot: number) => readonly number[] = remembered(
  200,
  (seed: string, slot: number): readonly number[] => {
    const weights = counties.map(
      ({ code, revenue }) => revenue * (1 + 0.05 * drift(seed, slot / 5, 'revenue', code)),
    )
    const parts = apportion(monthTotal(seed, 'revenue', slot), weights)
    if (monthOf(slot).month === 1) return parts
    const before = countyRevenueToDate(seed, slot - 1)
    return parts.map((part, index) => part + before[index]!)
  },
)

/** GDP from January to the quarter's end, 亿元 to one decimal. The first release is provisional; the revision moves it a little. */
export function gdpToQuarter(seed: string, slot: number, revised: boolean): number {
  const { year, quarter } = quarterOf(slot)
  const noise = 1 + 0.002 * (fraction(seed, 'gdp', slot) * 2 - 1)
  const revision = revised ? 1 + 0.0015 * (fraction(seed, 'gdp-revision', slot) * 2 - 1) : 1
  return rounded(yearTotal('gdp', year) * gdpToDate[quarter - 1]! * noise * revision, 1)
}

/** Growth of a cumulative amount against the same months last year, per cent to one decimal. */
export function growthOf(current: number, before: number): number {
  return rounded((current / before - 1) * 100, 1)
}
