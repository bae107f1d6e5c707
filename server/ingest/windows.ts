import type { Frequency } from '../../src/domain/indicator.ts'
import { toInstant } from '../../src/domain/instant.ts'
import type { Window } from '../../src/contracts/indicator-adapter.ts'

const hour = 3_600_000
const day = 24 * hour

/** Read again at each poll, because sources revise: long enough for the latest two periods and their revisions. */
const recent: Record<Frequency, number> = {
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

/** Read once, in the background, when a feed is new: 36 months monthly, 30 days hourly, 24 hours by the minute. */
const history: Record<Frequency, number> = {
  I: 15 * 60_000,
  N: day,
  H: 30 * day,
  E: 30 * day,
  D: 400 * day,
  W: 3 * 366 * day,
  X: 3 * 366 * day,
  M: 3 * 366 * day,
  Q: 3 * 366 * day,
  S: 5 * 366 * day,
  A: 10 * 366 * day,
}

export function recentWindow(freq: Frequency, lastReadMs: number | undefined, nowMs: number): Window {
  const from = nowMs - recent[freq]
  // After an outage the gap since the last good read is read too, up to the history's length.
  const gap = lastReadMs === undefined ? from : Math.max(lastReadMs - recent[freq], nowMs - history[freq])
  return { from: toInstant(Math.min(from, gap)), to: toInstant(nowMs) }
}

export function historyWindow(freq: Frequency, nowMs: number): Window {
  return { from: toInstant(nowMs - history[freq]), to: toInstant(nowMs - recent[freq]) }
}

export const allTime = (nowMs: number): Window => ({ from: '1900-01-01T00:00:00Z', to: toInstant(nowMs) })
