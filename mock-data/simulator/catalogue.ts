import { monthOf, quarterOf, slotAt, slotEndMs, slotStartMs, type Cadence } from './cadence.ts'
import type { Place } from './places.ts'
import { publishedPeriods } from './published-periods.ts'
import { economySeries } from './series-economy.ts'
import { farmingSeries } from './series-farming.ts'
import { hazardSeries } from './series-hazard.ts'
import { healthSeries } from './series-health.ts'
import { marketSeries } from './series-market.ts'
import { natureSeries } from './series-nature.ts'
import { peopleSeries } from './series-people.ts'
import { safetySeries } from './series-safety.ts'
import type { Point, SimSeries } from './series.ts'

/** Everything the simulator can tell, by indicator code. */
export const catalogue: ReadonlyMap<string, SimSeries> = new Map(
  [
    ...economySeries,
    ...farmingSeries,
    ...peopleSeries,
    ...natureSeries,
    ...safetySeries,
    ...marketSeries,
    ...healthSeries,
    ...hazardSeries,
  ].map((series) => [series.code, series]),
)

export interface DatedPoint extends Point {
  region: string
  dims: Readonly<Record<string, string>>
  cadence: Cadence
  slot: number
  startMs: number
  endMs: number
  releasedMs: number
}

export interface TimeWindow {
  fromMs: number
  toMs: number
}

/** Longest stretch one question may cover, in slots: a wider window is cut at its old end. */
const mostSlots = 3_000

/** One point that is on file, before it is computed: an answer of many pages computes only the page it gives. */
export interface PointKey {
  place: Place
  slot: number
  releasedMs: number
}

/**
 * What is on file at `nowMs` about the periods that touch the window, oldest first; without a window, the latest ones.
 * Pure: the same question and `nowMs` give the same keys.
 */
export function pointKeys(series: SimSeries, nowMs: number, window?: TimeWindow): PointKey[] {
  const newest = slotAt(series.cadence, Math.min(nowMs, window ? window.toMs - 1 : nowMs))
  const asked = window ? slotAt(series.cadence, window.fromMs) : newest - series.recent - 2
  const keys: PointKey[] = []
  for (let slot = Math.max(asked, newest - (series.keeps ?? mostSlots)); slot <= newest; slot += 1) {
    const releasedMs = series.releasedMs(slot)
    if (releasedMs === undefined || releasedMs > nowMs) continue
    const label = periodLabel(series.cadence, slot)
    for (const place of series.places) {
      if (!publishedPeriods.has(`${series.code}|${place.region}|${label}`))
        keys.push({ place, slot, releasedMs })
    }
  }
  return keys
}

export function pointOf(series: SimSeries, seed: string, nowMs: number, key: PointKey): DatedPoint {
  const { place, slot, releasedMs } = key
  const revisedMs = series.revisedMs?.(slot)
  return {
    ...series.at(seed, place, slot, nowMs),
    region: place.region,
    dims: place.dims,
    cadence: series.cadence,
    slot,
    startMs: slotStartMs(series.cadence, slot),
    endMs: slotEndMs(series.cadence, slot),
    releasedMs: revisedMs !== undefined && nowMs >= revisedMs ? revisedMs : releasedMs,
  }
}

export function pointsOf(series: SimSeries, seed: string, nowMs: number, window?: TimeWindow): DatedPoint[] {
  return pointKeys(series, nowMs, window).map((key) => pointOf(series, seed, nowMs, key))
}

/** Machine label of a calendar slot: 2026, 2026-Q1, 2026-03; of a step, its start in milliseconds. */
export function periodLabel(cadence: Cadence, slot: number): string {
  if (cadence === 'A') return String(slot)
  if (cadence === 'Q') return `${quarterOf(slot).year}-Q${quarterOf(slot).quarter}`
  if (cadence === 'M') return `${monthOf(slot).year}-${String(monthOf(slot).month).padStart(2, '0')}`
  return String(slotStartMs(cadence, slot))
}
