import { toInstant } from '../../../src/domain/instant.ts'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { zoneOffsetMs } from '../city-time.ts'

/** What a source of the demo city says about one instant, and when it said so. */
export interface GeoStatement {
  features: MapFeature[]
  resultTime: string
}
/** `nowMs` bounds what can be known: a later `atMs` is answered by a forecast, by what was last known, or by nothing. */
export type GeoCollection = (seed: string, atMs: number, nowMs: number) => GeoStatement

/** Start of the step that holds the instant; steps count from the city's midnight. */
export function stepStartMs(stepMs: number, epochMs: number): number {
  return Math.floor((epochMs + zoneOffsetMs) / stepMs) * stepMs - zoneOffsetMs
}

/** A register that is asked and answers for the moment; of the future it says what it says now. */
export function standing(read: (seed: string, atMs: number) => MapFeature[]): GeoCollection {
  return (seed, atMs, nowMs) => {
    const known = Math.floor(Math.min(atMs, nowMs) / 1000) * 1000
    return { features: read(seed, known), resultTime: toInstant(known) }
  }
}

/** States that last: of the future stands what was known last. */
export function lastKnown(stepMs: number, read: (seed: string, atMs: number) => MapFeature[]): GeoCollection {
  return (seed, atMs, nowMs) => {
    const known = stepStartMs(stepMs, Math.min(atMs, nowMs))
    return { features: read(seed, known), resultTime: toInstant(known) }
  }
}

/** Things seen happening: of the future nothing is known. */
export function observed(stepMs: number, read: (seed: string, atMs: number) => MapFeature[]): GeoCollection {
  return (seed, atMs, nowMs) => {
    const step = stepStartMs(stepMs, atMs)
    if (step > nowMs) return { features: [], resultTime: toInstant(stepStartMs(stepMs, nowMs)) }
    return { features: read(seed, step), resultTime: toInstant(step) }
  }
}

/**
 * Observed up to now, then as the newest run of a model before now sees it, up to `leadMs` ahead. `runMs` reaches `read` as the
 * instant of that run, and as the step's own time where the instant has come.
 */
export function forecast(
  spans: { stepMs: number; everyMs: number; leadMs: number },
  read: (seed: string, atMs: number, runMs: number) => MapFeature[],
): GeoCollection {
  return (seed, atMs, nowMs) => {
    const step = stepStartMs(spans.stepMs, atMs)
    if (step <= nowMs) return { features: read(seed, step, step), resultTime: toInstant(step) }
    const run = stepStartMs(spans.everyMs, nowMs)
    const features = step - run <= spans.leadMs ? read(seed, step, run) : []
    return { features, resultTime: toInstant(run) }
  }
}
