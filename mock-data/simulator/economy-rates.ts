import { monthOf } from './cadence.ts'
import { clamp, drift, rounded } from './chance.ts'

/** Mean of a growth rate by year, per cent. 2023–2025 stand near the cited rates (facts rows 7, 13, 19, 25, 26, 43, 44). */
const means: Record<string, Record<number, number>> = {
  gdp: { 2022: -4.5, 2023: 6.6, 2024: 4.8, 2025: 5.3, 2026: 5.7 },
  industry: { 2022: -6.8, 2023: 9.3, 2024: 6.2, 2025: 6.5, 2026: 6.9 },
  investment: { 2022: -3.0, 2023: -9.8, 2024: 2.1, 2025: 3.6, 2026: 4.1 },
  loans: { 2022: 6.4, 2023: 6.8, 2024: 6.1, 2025: 6.5, 2026: 6.6 },
  power: { 2022: 1.8, 2023: 6.2, 2024: 5.1, 2025: 4.8, 2026: 5.4 },
}

function meanOf(kind: string, year: number): number {
  const years = means[kind]!
  return years[year] ?? years[clamp(year, 2022, 2026)]!
}

/**
 * A cumulative growth rate wanders less as the year goes on, because each month weighs less in the sum: the spread falls
 * with 1/month and the series has no zigzag.
 */
export function cumulativeRate(
  seed: string,
  kind: string,
  slot: number,
  offset = 0,
  ...keys: string[]
): number {
  const { year, month } = monthOf(slot)
  const spread = 0.5 + 2.4 / month
  const own = keys.length > 0 ? 0.9 * drift(seed, slot / 4, kind, 'own', ...keys) : 0
  return rounded(meanOf(kind, year) + offset + spread * 0.5 * drift(seed, slot / 3, kind) + own, 1)
}

export function quarterRate(seed: string, kind: string, quarterSlot: number): number {
  const month = Math.floor(quarterSlot / 4) * 12 + (quarterSlot % 4) * 3 + 2
  return cumulativeRate(seed, kind, month)
}

/** A monthly level that wanders slowly about its mean: prices, jobs, capacity. */
export function slowLevel(
  seed: string,
  slot: number,
  mean: number,
  spread: number,
  decimals: number,
  ...keys: string[]
): number {
  return rounded(
    mean + spread * (0.7 * drift(seed, slot / 6, ...keys) + 0.3 * drift(seed, slot / 2, ...keys, 'fast')),
    decimals,
  )
}
