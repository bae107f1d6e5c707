import { stepMs } from './feature-times.ts'
import { durationMs } from './instant.ts'

/** Times of a collection that speaks of instants; durations ISO 8601. */
export interface TimedCollection {
  poll: string
  step?: string | undefined
  past?: string | undefined
  ahead?: string | undefined
}

/** Where a map's clock can be turned to, in minutes from now, and by how much at a time. */
export interface ClockReach {
  from: number
  to: number
  step: number
}

/** The widest reach of what is shown, by the finest step; undefined while nothing shown changes with time. */
export function clockReach(
  collections: readonly TimedCollection[],
  limits: { earliest: number; latest: number },
): ClockReach | undefined {
  const timed = collections.filter(({ step, past }) => step !== undefined || past !== undefined)
  if (timed.length === 0) return undefined
  const minutes = (duration: string | undefined): number =>
    duration === undefined ? 0 : durationMs(duration) / 60_000
  return {
    from: Math.max(limits.earliest, -Math.max(...timed.map(({ past }) => minutes(past)))),
    to: Math.min(limits.latest, Math.max(...timed.map(({ ahead }) => minutes(ahead)))),
    step: Math.max(1, Math.round(Math.min(...timed.map((one) => stepMs(one))) / 60_000)),
  }
}

/** One step on from an offset, on the reach's own grid around now; past the end it begins anew at the start. */
export function nextOffset(offset: number, { from, to, step }: ClockReach): number {
  const next = (Math.floor(offset / step) + 1) * step
  return next > to ? from : Math.max(from, next)
}
