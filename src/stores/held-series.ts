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

/** The held observations in the window, half-open on the period's start. */
export function within(held: HeldSeries, { from, to }: TimeWindow): readonly Observation[] {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  return held.observations.filter(({ period }) => {
    const start = Date.parse(period.start)
    return start >= fromMs && start < toMs
  })
}

/** With the newest observation behind the last, or in the last one's place when it speaks of the same period. Answers the same list when it is older. */
export function appended(observations: readonly Observation[], newest: Observation): readonly Observation[] {
  const last = observations.at(-1)
  const order = last ? Date.parse(newest.period.end) - Date.parse(last.period.end) : 1
  if (order < 0) return observations
  return [...(order === 0 ? observations.slice(0, -1) : observations), newest]
}
