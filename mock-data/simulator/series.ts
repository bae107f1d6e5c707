import type { Cadence } from './cadence.ts'
import type { Place } from './places.ts'

/** What the simulator says of one series at one period, as its department would have it on file. */
export interface Point {
  value: number | null
  /** Same period last year in per cent, where the department publishes it. */
  yoy?: number
  /** Against the period before, in per cent or (`pp`) in percentage points as the department publishes it. */
  mom?: number
  status?: 'A' | 'P'
  /** 95 % interval. */
  lower?: number
  upper?: number
}

/** One indicator of the demo city. `at` is pure: the same arguments give the same point, whenever asked. */
export interface SimSeries {
  code: string
  cadence: Cadence
  places: readonly Place[]
  /** Value as on file at `nowMs`; revisions show by asking with a later `nowMs`. Only called for released slots. */
  at(seed: string, place: Place, slot: number, nowMs: number): Point
  /** First instant at which the slot's figure can be had; `undefined` where there is no figure of its own (January). */
  releasedMs(slot: number): number | undefined
  /** When the figure is revised after its first release. */
  revisedMs?(slot: number): number
  /** Slots answered when no window is asked. */
  recent: number
  /** Slots on file at all, where they are fewer than a question may ask. */
  keeps?: number
}
