import type { Frequency } from '../../domain/indicator.ts'
import { durationMs, toInstant } from '../../domain/instant.ts'

const yearly = ['P5Y', 'P10Y', 'P20Y']
const byFrequency: Record<Frequency, readonly string[]> = {
  A: yearly,
  S: yearly,
  Q: ['P2Y', 'P5Y', 'P10Y'],
  M: ['P1Y', 'P3Y', 'P10Y'],
  X: ['P3M', 'P1Y', 'P3Y'],
  W: ['P3M', 'P1Y', 'P3Y'],
  D: ['P1M', 'P3M', 'P1Y'],
  H: ['P1D', 'P7D', 'P30D'],
  N: ['PT1H', 'PT6H', 'PT24H'],
  I: ['PT10M', 'PT1H', 'PT24H'],
  E: ['PT1H', 'PT24H', 'P7D'],
}

/** How far back a viewer may look at once: three steps that fit the cadence, the middle one at first. */
export function rangesOf(freq: Frequency): readonly string[] {
  return byFrequency[freq]
}

/** A window that ends after now and moves on in steps of a hundredth, so a ticking clock does not ask again each second. */
export function windowOf(range: string, nowMs: number): { from: string; to: string } {
  const length = durationMs(range)
  const step = Math.max(10_000, length / 100)
  const to = (Math.floor(nowMs / step) + 1) * step
  return { from: toInstant(Math.round(to - step - length)), to: toInstant(Math.round(to)) }
}
