import type { GenericSchema } from 'valibot'
import type { Comparison, QualityFlag } from '../domain/observation.ts'
import type { Io } from './io.ts'

/** One value as a source told it, before the gateway checks unit, range and period. */
export interface Reading {
  region: string
  dims: Record<string, string>
  /** What period it speaks of; the gateway makes the full period from it by the indicator's frequency and basis. */
  at: { instant: string } | { label: string }
  /** null is "the source says there is none", never 0. */
  value: number | null
  /** UCUM code as delivered: 10*8.CNY for 亿元. */
  unit: string
  status?: 'A' | 'B' | 'E' | 'F' | 'I' | 'M' | 'P' | 'U'
  flags?: QualityFlag[]
  /** When the source released it; the answer's own time when absent. */
  resultTime?: string
  /** Growth rates that the source itself published; never recomputed from levels. */
  comparisons?: Comparison[]
  interval?: { level: number; lower: number; upper: number }[]
  lineage: { request: string; rawSha256: string; steps: { step: string; detail: string }[] }
}

/** A row that could not be read: told to the operator with its place, never dropped in silence. */
export interface Refusal {
  row: string
  reason: string
}

export interface Window {
  /** Half-open; an adapter asks for no more than this. */
  from: string
  to: string
}

export interface Probe {
  reachable: boolean
  detail: string
  clockSkewMs: number | null
}

export interface IndicatorAdapter<S = unknown, M = unknown> {
  version: string
  /** Settings of a source: address, paging, secret references, limits. */
  settings: GenericSchema<unknown, S>
  /** Mapping of one indicator on that source: path, query, fields, time format, unit. */
  mapping: GenericSchema<unknown, M>
  probe(source: S, io: Io): Promise<Probe>
  /** Pages, oldest first; stops on io.signal; throws SourceError for what the source did wrong as a whole. */
  read(source: S, mapping: M, window: Window, io: Io): AsyncIterable<{ readings: Reading[]; refusals: Refusal[] }>
  /** Push, where the protocol has it; absent means poll. */
  follow?(source: S, mapping: M, cursor: string | undefined, io: Io): AsyncIterable<{ readings: Reading[]; refusals: Refusal[] }>
}

export function defineIndicatorAdapter<S, M>(adapter: IndicatorAdapter<S, M>): IndicatorAdapter<S, M> {
  return adapter
}

/** What went wrong at the source, in a sentence an operator can act on; `retryAfterMs` when the source named a wait. */
export class SourceError extends Error {
  readonly retryAfterMs: number | undefined
  constructor(message: string, retryAfterMs?: number) {
    super(message)
    this.name = 'SourceError'
    this.retryAfterMs = retryAfterMs
  }
}
