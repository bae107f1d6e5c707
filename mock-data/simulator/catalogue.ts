import { monthOf, quarterOf, slotAt, slotEndMs, slotStartMs, type Cadence } from './cadence.ts'
import type { Place } from './places.ts'
import { publishedPeriods } from './published-periods.ts'
import { economySeries } from './series-economy.ts'
import { natureSeries } from './series-nature.ts'
import { peopleSeries } from './series-people.ts'
import { safetySeries } from './series-safety.ts'
import type { Point, SimSeries } from './series.ts'

/** Everything the simulator can tell, by indicator code. */
export const catalogue: ReadonlyMap<string, SimSeries> = new Map(
  [...economySeries, ...peopleSeries, ...natureSeries, ...safetySeries].map((series) => [
    series.code,
    series,
  ]),
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

/**
 * What is on file at `nowMs` about the periods that touch the window, oldest first; without a window, the latest ones.
 * Pure: the same seed, question and `nowMs` give the same points.
 */
export function pointsOf(series: SimSeries, seed: string, nowMs: number, window?: TimeWindow): DatedPoint[] {
  const newest = slotAt(series.cadence, Math.min(nowMs, window ? window.toMs - 1 : nowMs))
  const oldest = Math.max(
    window ? slotAt(series.cadence, window.fromMs) : newest - series.recent - 2,
    newest - mostSlots,
  )
  const points: DatedPoint[] = []
  for (let slot = oldest; slot <= newest; slot += 1) {
    const released = series.releasedMs(slot)
    if (released === undefined || released > nowMs) continue
    for (const place of series.places) {
      if (!publishedPeriods.has(`${series.code}|${place.region}|${periodLabel(series.cadence, slot)}`))
        points.push(datedPoint(series, seed, place, slot, nowMs, released))
    }
  }
  return points
}

function datedPoint(
  series: SimSeries,
  seed: string,
  place: Place,
  slot: number,
  nowMs: number,
  released: number,
): DatedPoint {
  const point = series.at(seed, place, slot, nowMs)
  const revisedMs = series.revisedMs?.(slot)
  return {
    ...point,
    region: place.region,
    dims: place.dims,
    cadence: series.cadence,
    slot,
    startMs: slotStartMs(series.cadence, slot),
    endMs: slotEndMs(series.cadence, slot),
    releasedMs: revisedMs !== undefined && nowMs >= revisedMs ? revisedMs : released,
  }
}

/** Machine label of a calendar slot: 2026, 2026-Q1, 2026-03; of a step, its start in milliseconds. */
export function periodLabel(cadence: Cadence, slot: number): string {
  if (cadence === 'A') return String(slot)
  if (cadence === 'Q') return `${quarterOf(slot).year}-Q${quarterOf(slot).quarter}`
  if (cadence === 'M') return `${monthOf(slot).year}-${String(monthOf(slot).month).padStart(2, '0')}`
  return String(slotStartMs(cadence, slot))
}
