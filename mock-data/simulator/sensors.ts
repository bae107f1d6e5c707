import { clamp, drift, fraction, fromCurve, rounded } from './chance.ts'
import { hourMs } from './city-time.ts'
import type { gasSensors, pondingSensors, riverGauges } from './places.ts'
import { hourOfDay, monthPosition, rainSum, temperature } from './weather.ts'

type Gauge = (typeof riverGauges)[number]

/** Heights above each gauge's own zero, m: usual level, warning level (both assumed, no real station is meant). */
const gauges: Record<Gauge, { usual: number; warning: number }> = {
  'songhua-a': { usual: 3.1, warning: 5.5 },
  'yinma-b': { usual: 2.2, warning: 4.2 },
  'yitong-d': { usual: 1.9, warning: 4.0 },
  'yitong-e': { usual: 2.1, warning: 4.0 },
}

export function stageWarning(gauge: Gauge): number {
  return gauges[gauge].warning
}

/** River stage over the gauge's zero, m, to the centimetre: the usual level, the rain of the last day, a slow wave. */
export function riverStage(seed: string, gauge: Gauge, epochMs: number): number {
  const { usual } = gauges[gauge]
  const flood = rainSum(seed, epochMs - 3 * hourMs, 24) * 0.028
  const slow = 0.25 * drift(seed, epochMs / 400_000_000, 'river', gauge)
  const ripple = 0.015 * drift(seed, epochMs / 300_000, 'river', gauge, 'ripple')
  return rounded(usual + flood + slow + ripple, 2)
}

/** Level of a demonstration reservoir above its zero, m. */
export function reservoirStage(seed: string, epochMs: number): number {
  return rounded(
    11.2 + 0.8 * drift(seed, epochMs / 1_800_000_000, 'reservoir') + rainSum(seed, epochMs, 24) * 0.006,
    2,
  )
}

/** Water standing on a road, cm: low spots take the last two hours' rain at their own rate; dry in frost. */
export function ponding(seed: string, sensor: (typeof pondingSensors)[number], epochMs: number): number {
  if (temperature(seed, epochMs) < 0) return 0
  const rate = 0.5 + 1.3 * fraction(seed, 'ponding', sensor)
  const depth =
    rate * rainSum(seed, epochMs, 2) - 2.5 + 0.8 * drift(seed, epochMs / 60_000, 'ponding', sensor)
  return depth <= 0 ? 0 : rounded(depth, 1)
}

/** Combustible gas, % of the lower explosive limit. Most of the time near zero; now and then a leak that is stopped within the hour. */
export function gas(seed: string, sensor: (typeof gasSensors)[number], epochMs: number): number {
  const hour = Math.floor(epochMs / hourMs)
  const leaking = fraction(seed, 'gas', sensor, hour) < 0.012
  const minute = (epochMs % hourMs) / 60_000
  const peak = leaking && minute > 8 && minute < 38 ? 30 * (1 - Math.abs(minute - 23) / 15) : 0
  return rounded(
    clamp(
      1.2 +
        0.8 * drift(seed, epochMs / 20_000, 'gas', sensor) +
        0.3 * drift(seed, epochMs / 2_000, 'gas', sensor, 'quick') +
        peak,
      0,
      100,
    ),
    1,
  )
}

export function turbidity(seed: string, epochMs: number): number {
  return rounded(
    clamp(
      0.22 +
        0.08 * drift(seed, epochMs / (2 * hourMs), 'turbidity') +
        0.02 * drift(seed, epochMs / 60_000, 'turbidity', 'minute'),
      0.05,
      1,
    ),
    2,
  )
}

const demand = [
  0.6, 0.5, 0.45, 0.45, 0.55, 0.9, 1.3, 1.4, 1.25, 1.1, 1.05, 1.1, 1.15, 1.05, 0.95, 0.95, 1.0, 1.15, 1.35,
  1.4, 1.3, 1.15, 0.95, 0.75,
]

/** Pressure at the far end of the network, MPa: falls when much is drawn. */
export function pressure(seed: string, epochMs: number): number {
  return rounded(
    0.285 - 0.045 * fromCurve(demand, hourOfDay(epochMs)) + 0.006 * drift(seed, epochMs / 30_000, 'pressure'),
    3,
  )
}

const traffic = [
  1.05, 1.02, 1.0, 1.0, 1.02, 1.1, 1.4, 1.9, 1.85, 1.55, 1.45, 1.45, 1.4, 1.4, 1.45, 1.5, 1.65, 1.95, 1.85,
  1.5, 1.35, 1.25, 1.15, 1.08,
]

/** Travel time against free flow. */
export function congestion(seed: string, epochMs: number): number {
  const wet = 1 + Math.min(0.25, rainSum(seed, epochMs, 1) / 20)
  return rounded(
    clamp(
      fromCurve(traffic, hourOfDay(epochMs)) * wet + 0.05 * drift(seed, epochMs / 240_000, 'traffic'),
      1,
      4,
    ),
    2,
  )
}

/** Share of homes at 18 ℃ or more in the heating season, per cent; null outside it. */
export function warmHomes(seed: string, epochMs: number): number | null {
  const month = monthPosition(epochMs)
  if (month > 3.2 && month < 9.2) return null
  return rounded(
    clamp(
      97.4 + 0.05 * temperature(seed, epochMs) + 0.6 * drift(seed, epochMs / 200_000_000, 'heating'),
      90,
      100,
    ),
    1,
  )
}
