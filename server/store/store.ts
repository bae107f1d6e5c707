import type { Lineage, Observation } from '../../src/domain/observation.ts'

/** What ingest hands over: an observation whose revision the store will set. */
export type NewObservation = Omit<Observation, 'revision'>

export interface StoredBatch {
  sequence: number
  observations: Observation[]
}

/**
 * Append-only, bitemporal: nothing is ever updated or deleted, `asOf` reads what was known then (receivedAt ≤ asOf).
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
  at(query: {
    indicator: string
    region: string
    dims: Record<string, string>
    periodStart: string
    periodEnd: string
    asOf: string
    real: boolean
  }): Promise<Observation | undefined>
  /** Batches after a sequence, oldest first, for followers that resume. */
  after(sequence: number, limit: number): Promise<StoredBatch[]>
  lineage(id: string): Promise<Lineage | undefined>
  cursor(key: string): Promise<string | undefined>
  lastSequence(): Promise<number>
  close(): Promise<void>
}
