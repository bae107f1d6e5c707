import { clamp, drift } from '../chance.ts'
import { hourMs } from '../city-time.ts'
import { rainSum } from '../weather.ts'

/** Below this much counting rain the drains keep up, mm; at the second figure the low ground is as full as it gets. */
const [drained, brimming] = [13, 30]

/** Share of a forecast of rain that holds `leadMs` ahead of the run that made it: exact at none, half off or on at six hours. */
export function rainError(seed: string, leadMs: number, runMs: number): number {
  if (leadMs <= 0) return 1
  const growing = clamp(leadMs / (6 * hourMs), 0, 1)
  return 1 + 0.5 * growing * drift(seed, leadMs / hourMs, 'geo', 'rain-run', runMs)
}

/** Rain of the last day that still stands or runs off: the last six hours whole, older rain less, mm. */
export function countingRain(seed: string, atMs: number, runMs: number): number {
  let sum = 0
  for (let back = 0; back < 24; back += 1) {
    const hourEnd = atMs - back * hourMs
    const weight = back < 6 ? 1 : back < 12 ? 0.8 : 0.5
    sum += weight * rainSum(seed, hourEnd, 1) * rainError(seed, hourEnd - runMs, runMs)
  }
  return sum
}

/** 0 while the drains keep up … 1 at the fullest; grows with the rain and with nothing else. */
export function floodShareOf(rainMm: number): number {
  return clamp((rainMm - drained) / (brimming - drained), 0, 1)
}

export function floodedShare(seed: string, atMs: number, runMs: number): number {
  return floodShareOf(countingRain(seed, atMs, runMs))
}
