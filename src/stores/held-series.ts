import type { Observation } from '../domain/observation.ts'

export interface TimeWindow {
  from: string
  to: string
}

/** A series as it was answered: the window asked for, and what was now when it was asked. */
export interface HeldSeries {
  window: TimeWindow
  askedAtMs: number
  observations: readonly Observation[]
}

/** Whether the window can be cut from what is held. Beyond the held end only where that end was not yet past: what came since was appended. */
export function covers(held: HeldSeries, wanted: TimeWindow): boolean {
  const [from, to, heldTo] = [Date.parse(wanted.from), Date.parse(wanted.to), Date.parse(held.window.to)]
  return from >= Date.parse(held.window.from) && (to <= heldTo || heldTo >= held.askedAtMs)
}

/** The held observations in the window, half-open on the period's start; they are in its order. */
export function within(held: HeldSeries, { from, to }: TimeWindow): readonly Observation[] {
  const { observations } = held
  const [first, end] = [placeOf(observations, Date.parse(from)), placeOf(observations, Date.parse(to))]
  return first === 0 && end === observations.length ? observations : observations.slice(first, end)
}

/** Index of the first observation whose period starts at or after the instant; a series may have thousands and is cut each second. */
function placeOf(observations: readonly Observation[], ms: number): number {
  let [low, high] = [0, observations.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (Date.parse(observations[middle]!.period.start) < ms) low = middle + 1
    else high = middle
  }
  return low
}

/** With the newest observation behind the last, or in the last one's place when it speaks of the same period. Answers the same list when it is older. */
export function appended(observations: readonly Observation[], newest: Observation): readonly Observation[] {
  const last = observations.at(-1)
  const order = last ? Date.parse(newest.period.end) - Date.parse(last.period.end) : 1
  if (order < 0) return observations
  return [...(order === 0 ? observations.slice(0, -1) : observations), newest]
}
