import type { Language } from '../domain/text.ts'
import { offsetMs, zonedFields, zonedMs } from '../domain/zone-time.ts'
import { clockText, dayText, monthText, secondsText } from './city-date.ts'

export interface TimeTick {
  ms: number
  label: string
}

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000]
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 4, 7, 14].map((n) => n * day),
]
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120]

/** Round instants of the city's clock or calendar from `fromMs` to `toMs`, at most about `most` of them. */
export function timeTicks(
  fromMs: number,
  toMs: number,
  most: number,
  zone: string,
  language: Language,
): TimeTick[] {
  const span = toMs - fromMs
  if (!(span > 0)) return []
  const step = steps.find((size) => span / size <= most)
  if (step !== undefined)
    return clockTicks(fromMs, toMs, step, zone).map((ms) => ({
      ms,
      label: labelOf(ms, step, toMs, zone, language),
    }))
  const months = monthSteps.find((count) => span / (count * 30.4 * day) <= most) ?? 240
  return monthTicks(fromMs, toMs, months, zone).map((ms) => ({
    ms,
    label: monthText(ms, months, zone, language),
  }))
}

function clockTicks(fromMs: number, toMs: number, step: number, zone: string): number[] {
  const found: number[] = []
  const offset = offsetMs(fromMs, zone)
  for (let local = Math.ceil((fromMs + offset) / step) * step; ; local += step) {
    // A day that changes the clock keeps its ticks at midnight.
    const ms = local - offsetMs(local - offset, zone)
    if (ms > toMs) return found
    if (ms >= fromMs) found.push(ms)
  }
}

function monthTicks(fromMs: number, toMs: number, months: number, zone: string): number[] {
  const { year, month } = zonedFields(fromMs, zone)
  const found: number[] = []
  for (let at = Math.floor((year * 12 + month - 1) / months) * months; ; at += months) {
    const ms = zonedMs(zone, Math.floor(at / 12), (at % 12) + 1)
    if (ms > toMs) return found
    if (ms >= fromMs) found.push(ms)
  }
}

function labelOf(ms: number, step: number, nowMs: number, zone: string, language: Language): string {
  if (step < minute) return `${clockText(ms, zone)}:${secondsText(ms, zone)}`
  return step < day ? clockText(ms, zone) : dayText(ms, nowMs, zone, language)
}
