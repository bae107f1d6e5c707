import type { Frequency } from './indicator.ts'

const hour = 3_600_000
const day = 24 * hour
const year = 366 * day

/** Milliseconds read again at each poll, because sources revise: enough for the latest two periods and their revisions. */
export const recentMs: Record<Frequency, number> = {
  I: 30_000,
  N: 10 * 60_000,
  H: 26 * hour,
  E: 2 * day,
  D: 9 * day,
  W: 21 * day,
  X: 35 * day,
  M: 125 * day,
  Q: 370 * day,
  S: 370 * day,
  A: 800 * day,
}

/** Milliseconds read once, when a feed is new: 36 months monthly, 30 days hourly, 24 hours by the minute. */
export const historyMs: Record<Frequency, number> = {
  I: 15 * 60_000,
  N: day,
  H: 30 * day,
  E: 30 * day,
  D: 400 * day,
  W: 3 * year,
  X: 3 * year,
  M: 3 * year,
  Q: 3 * year,
  S: 5 * year,
  A: 10 * year,
}
