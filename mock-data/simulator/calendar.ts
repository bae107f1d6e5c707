import { monthOf, quarterOf, slotEndMs, type Cadence } from './cadence.ts'
import { cityMs } from './city-time.ts'

/** Figures of the statistics office: the 18th of the next month, 10:00; January and February together in March. */
export function monthlyRelease(slot: number): number | undefined {
  const { year, month } = monthOf(slot)
  return month === 1 ? undefined : cityMs(year, month + 1, 18, 10)
}

/** Prices, jobs, loans: every month has its own figure, on the 15th of the next. */
export function everyMonthRelease(slot: number): number {
  const { year, month } = monthOf(slot)
  return cityMs(year, month + 1, 15, 9, 30)
}

/** The treasury closes its month on the 5th of the next. */
export function treasuryRelease(slot: number): number {
  const { year, month } = monthOf(slot)
  return cityMs(year, month + 1, 5, 9)
}

/** Quarterly accounts: the 21st after the quarter, 10:00. */
export function quarterlyRelease(slot: number): number {
  const { year, quarter } = quarterOf(slot)
  return cityMs(year, quarter * 3 + 1, 21, 10)
}

/** A month's figure is revised when the next month's comes out, a quarter's with the next quarter's. */
export function nextRelease(release: (slot: number) => number | undefined): (slot: number) => number {
  return (slot) => release(slot + 1) ?? release(slot + 2)!
}

/** Yearly figures: the first of March after the year. */
export function yearlyRelease(slot: number): number {
  return cityMs(slot + 1, 3, 1, 10)
}

/** A fixed time after the end of the period. */
export function after(cadence: Cadence, delayMs: number): (slot: number) => number {
  return (slot) => slotEndMs(cadence, slot) + delayMs
}
