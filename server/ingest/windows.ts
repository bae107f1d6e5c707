import type { Frequency } from '../../src/domain/indicator.ts'
import { toInstant } from '../../src/domain/instant.ts'
import { historyMs, recentMs } from '../../src/domain/read-window.ts'
import type { Window } from '../../src/contracts/indicator-adapter.ts'

export function recentWindow(freq: Frequency, lastReadMs: number | undefined, nowMs: number): Window {
  const from = nowMs - recentMs[freq]
  // After an outage the gap since the last good read is read too, up to the history's length.
  const gap = lastReadMs === undefined ? from : Math.max(lastReadMs - recentMs[freq], nowMs - historyMs[freq])
  return { from: toInstant(Math.min(from, gap)), to: toInstant(nowMs) }
}

export function historyWindow(freq: Frequency, nowMs: number): Window {
  return { from: toInstant(nowMs - historyMs[freq]), to: toInstant(nowMs - recentMs[freq]) }
}

export const allTime = (nowMs: number): Window => ({ from: '1900-01-01T00:00:00Z', to: toInstant(nowMs) })
