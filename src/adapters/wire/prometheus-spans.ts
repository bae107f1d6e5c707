import type { Window } from '../../contracts/indicator-adapter.ts'
import { offsetMs } from '../../domain/zone-time.ts'

/** One question of a range: both ends are asked for, in milliseconds. */
export interface RangeSpan {
  startMs: number
  endMs: number
  stepMs: number
}

/** A server refuses a range with more points than this in one series. */
export const mostPoints = 11_000

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const niceSteps = [15 * second, 30 * second, ...[1, 2, 5, 10, 15, 30].map((n) => n * minute)]
  .concat([1, 2, 3, 6, 12].map((n) => n * hour))
  .concat([1, 2, 7, 14, 28].map((n) => n * 24 * hour))

/** The finest round step that keeps the whole window within what one question may hold. */
export function stepFor(lengthMs: number): number {
  const least = lengthMs / (mostPoints - 1)
  return niceSteps.find((step) => step >= least) ?? Math.ceil(least / (24 * hour)) * 24 * hour
}

/**
 * The questions that cover the half-open window, oldest first, none with more points than a server takes. Points lie on
 * multiples of the step by the city's clock, so that the same instants are asked for whenever it is read, and days begin at the
 * city's midnight. A step that is not given is chosen so that one question is enough.
 */
export function spansOf(window: Window, given: number | undefined, timeZone: string): RangeSpan[] {
  // Neither server keeps anything older, and no figure of a meter is.
  const fromMs = Math.max(Date.parse(window.from), Date.UTC(1980, 0, 1))
  const toMs = Date.parse(window.to)
  const stepMs = given ?? stepFor(toMs - fromMs)
  const aheadMs = offsetMs(fromMs, timeZone)
  const firstMs = Math.ceil((fromMs + aheadMs) / stepMs) * stepMs - aheadMs
  const spans: RangeSpan[] = []
  for (let startMs = firstMs; startMs < toMs; startMs += mostPoints * stepMs) {
    const last = Math.ceil((toMs - startMs) / stepMs) - 1
    spans.push({ startMs, endMs: startMs + Math.min(last, mostPoints - 1) * stepMs, stepMs })
  }
  return spans
}
