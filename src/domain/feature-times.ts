import { durationMs } from './instant.ts'
import type { MapFeature } from './map-feature.ts'

interface Times {
  poll: string
  step?: string | undefined
  past?: string | undefined
  ahead?: string | undefined
}

/** Milliseconds between two instants a collection can be asked for: its step, or a standing one's cadence. */
export function stepMs({ step, poll }: Times): number {
  return step === undefined ? Math.max(60_000, durationMs(poll)) : Math.max(1_000, durationMs(step))
}

/** The last instant on the collection's step at or before `atMs`; steps are counted from 1970 in UTC. */
export function onStep(times: Times, atMs: number): number {
  return Math.floor(atMs / stepMs(times)) * stepMs(times)
}

/** True where the statement that stands now answers for the instant too: a standing collection, now or later. */
export function standsAt(times: Times, atMs: number, nowMs: number): boolean {
  return times.step === undefined && onStep(times, atMs) >= onStep(times, nowMs)
}

/** Whether a collection says anything of an instant: a timed one within `past` and `ahead`, a standing one always after `past`. */
export function covers(times: Times, atMs: number, nowMs: number): boolean {
  const [wanted, now] = [onStep(times, atMs), onStep(times, nowMs)]
  const { step, past, ahead } = times
  const earliest = past === undefined ? (step === undefined ? -Infinity : now) : now - durationMs(past)
  const latest = step === undefined ? Infinity : now + (ahead === undefined ? 0 : durationMs(ahead))
  return wanted >= onStep(times, earliest) && wanted <= latest
}

/** False for a feature whose own time is over or has not begun. */
export function holdsAt({ time }: Pick<MapFeature, 'time'>, atMs: number): boolean {
  if (time === undefined) return true
  const [from, to] = time.interval
  return Date.parse(from) <= atMs && atMs < Date.parse(to)
}

/**
 * How an answer has aged, by the rule for figures with `poll` as cadence: ready until poll + 10 s, late until
 * 3 × (2 × poll, at least 10 s), then missing.
 */
export function answerAge(poll: string, receivedMs: number, nowMs: number): 'ready' | 'late' | 'missing' {
  const cadenceMs = durationMs(poll)
  const ageMs = nowMs - receivedMs
  if (ageMs <= cadenceMs + 10_000) return 'ready'
  return ageMs <= 3 * Math.max(2 * cadenceMs, 10_000) ? 'late' : 'missing'
}
