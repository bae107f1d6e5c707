import type { Lineage, Observation } from '../../src/domain/observation.ts'

/** What ingest hands over: an observation whose revision the store will set. */
export type NewObservation = Omit<Observation, 'revision'>

export interface StoredBatch {
  sequence: number
  observations: Observation[]
}

/** The one observation of exactly this period. */
export interface PeriodQuery {
  indicator: string
  region: string
  dims: Record<string, string>
  periodStart: string
  periodEnd: string
  asOf: string
  real: boolean
}

export interface DrillQuery {
  indicator: string
  regions: readonly string[]
  /** Absent: every breakdown, each by itself. */
  dims?: Record<string, string>
  /** Half-open, on period.start. */
  from: string
  to: string
  bucket: 'day' | 'month' | 'quarter' | 'year'
  /** The city's zone, whose calendar the buckets are of. */
  timeZone: string
  asOf: string
}

/** What the observations that begin in one bucket come to. A mean is sum / count; of a cumulation, `last` is the figure. */
export interface DrillRow {
  region: string
  dims: Record<string, string>
  unit: string
  start: string
  end: string
  /** Of those with a value; all below is null where there is none. */
  count: number
  /** Of those that say there is none. */
  missing: number
  /** How many of `count` are invented. */
  synthetic: number
  sum: number | null
  min: number | null
  max: number | null
  last: number | null
}

/**
 * Append-only, bitemporal: nothing is updated, nothing deleted but by `prune`, `asOf` reads what was known then (receivedAt ≤ asOf).
 * Three engines, one contract, one test suite. Every promise of a write resolves after the sync.
 */
export interface ObservationStore {
  /**
   * Appends in one durable transaction under one global `sequence`, moving `cursors` with it. Same series, period, value and
   * status as the newest known: dropped. Different: next revision. A synthetic value for a series and period that has a real
   * one is refused. Answers what was really stored, with revisions; an empty answer used no sequence.
   */
  append(batch: {
    sequence: number
    observations: NewObservation[]
    lineages: Lineage[]
    cursors?: readonly { key: string; value: string }[]
  }): Promise<{ stored: Observation[]; refused: number }>
  /** Newest period per series (and per historic class: observations of `onceSources` and others are answered side by side). */
  latest(query: {
    indicators: readonly string[]
    regions: readonly string[]
    asOf: string
    onceSources: readonly string[]
  }): Promise<Observation[]>
  /** Newest revision of each period known at asOf, oldest period first, half-open [from, to) on period.start. */
  series(query: {
    indicator: string
    region: string
    dims?: Record<string, string>
    from: string
    to: string
    asOf: string
    limit: number
  }): Promise<Observation[]>
  /** The one observation of exactly this period, for comparisons. */
  at(query: PeriodQuery): Promise<Observation | undefined>
  /** The same for many, in one question; answers stand where their queries stood. */
  atMany(queries: readonly PeriodQuery[]): Promise<(Observation | undefined)[]>
  /** Batches after a sequence, oldest first, for followers that resume. */
  after(sequence: number, limit: number): Promise<StoredBatch[]>
  /** What was received in [from, to), by batches after a sequence, oldest first: for replay. */
  received(query: { from: string; to: string; limit: number; after?: number }): Promise<StoredBatch[]>
  /** Sums of standing observations over buckets of the calendar, for each region; in no promised order. */
  drill(query: DrillQuery): Promise<DrillRow[]>
  /**
   * Removes for ever what these sources told of periods that ended before the month of `before`, and answers how many rows.
   * The newest of each series stays.
   */
  prune(query: { sources: readonly string[]; before: string }): Promise<number>
  /** Takes `<id>` only; see lineageIdOf for references to a row of a record. */
  lineage(id: string): Promise<Lineage | undefined>
  cursor(key: string): Promise<string | undefined>
  lastSequence(): Promise<number>
  close(): Promise<void>
}
