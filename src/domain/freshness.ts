import { type Duration, durationMs } from './instant.ts'
import type { Frequency, Indicator } from './indicator.ts'
import type { Observation } from './observation.ts'

/** `historic` is a published fact of a source with `cadence: once`: it is never late and never extrapolated. */
export type Freshness = 'live' | 'late' | 'missing' | 'historic'

const cadence: Record<Frequency, Duration> = {
  A: 'P1Y',
  S: 'P6M',
  Q: 'P3M',
  M: 'P1M',
  X: 'P11D',
  W: 'P1W',
  D: 'P1D',
  H: 'PT1H',
  N: 'PT1M',
  I: 'PT1S',
  E: 'PT30S',
}

/** Lags in milliseconds: the cadence is that of the frequency; expectedLag defaults to one cadence + 10 s, staleAfter to two cadences, at least 10 s. */
export function freshnessLimits(indicator: Pick<Indicator, 'freq' | 'freshness'>): Limits {
  const known = limits.get(indicator)
  if (known) return known
  const found = readLimits(indicator)
  limits.set(indicator, found)
  return found
}

interface Limits {
  cadenceMs: number
  expectedLagMs: number
  staleAfterMs: number
}

/** Asked for every figure each second, and the same for as long as the definition is. */
const limits = new WeakMap<object, Limits>()

function readLimits(indicator: Pick<Indicator, 'freq' | 'freshness'>): Limits {
  const period = durationMs(cadence[indicator.freq])
  const { expectedLag, staleAfter } = indicator.freshness
  return {
    cadenceMs: period,
    expectedLagMs: expectedLag ? durationMs(expectedLag) : period + 10_000,
    staleAfterMs: staleAfter ? durationMs(staleAfter) : Math.max(2 * period, 10_000),
  }
}

/**
 * How fresh a figure is at `nowMs` (server time). Age counts from the end of the period it speaks of;
 * an event-driven figure has no cadence of its own, so it is as old as the last word heard from the gateway.
 */
export function freshness(
  indicator: Pick<Indicator, 'freq' | 'freshness'>,
  observation: Pick<Observation, 'period' | 'value'> | undefined,
  nowMs: number,
  context: { once: boolean; heardMs?: number | undefined },
): Freshness {
  if (!observation || observation.value === null) return 'missing'
  if (context.once) return 'historic'
  const basis = indicator.freq === 'E' ? (context.heardMs ?? nowMs) : Date.parse(observation.period.end)
  const age = nowMs - basis
  const { expectedLagMs, staleAfterMs } = freshnessLimits(indicator)
  // A lag longer than 3 × staleAfter would skip the late state; the later of the two bounds keeps the order.
  if (age <= expectedLagMs) return 'live'
  return age <= Math.max(3 * staleAfterMs, expectedLagMs) ? 'late' : 'missing'
}
