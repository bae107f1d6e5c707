import type { Page, Subscription } from '../../src/contracts/delivery.ts'
import { SourceError, type Window } from '../../src/contracts/indicator-adapter.ts'
import type { Tally } from '../../src/contracts/io.ts'

/** What a thread is started with. */
export interface Seat {
  /** One of ours by its name, or the address of another's file. */
  adapter: { id: string } | { file: string }
  /** Absent: it is only loaded. */
  source?: {
    /** As in YAML, its variables put in. */
    settings: unknown
    /** Those that the settings name. */
    secrets: Readonly<Record<string, string>>
    root: string
    timeZone: string
    /** Ours minus the machine's. */
    clockOffsetMs: number
  }
}

/** Questions of one round share one Io, known by its number. */
export type Question =
  | { type: 'probe' }
  | { type: 'read'; mapping: unknown; window: Window }
  | { type: 'follow'; feeds: readonly Subscription<unknown>[]; cursor: string | undefined }

export type Ask =
  | { ask: 'begin'; number: number; io: number; question: Question }
  /** Of an iteration; says that what came before is durable. */
  | { ask: 'next'; number: number }
  | { ask: 'leave'; number: number }
  | { ask: 'abort'; io: number }

export interface SentError {
  name: string
  message: string
  retryAfterMs?: number
}

export type Word =
  | { word: 'ready' }
  | { word: 'broken'; reason: string }
  | { word: 'beat'; outsideHeapBytes: number }
  | { word: 'tally'; io: number; count: Tally }
  | { word: 'skew'; clockSkewMs: number }
  | { word: 'step'; number: number; done: boolean; value: unknown }
  | { word: 'failed'; number: number; error: SentError }

/** Structured clone keeps neither the class nor the fields of an error. */
export function sentError(cause: unknown): SentError {
  if (!(cause instanceof Error)) return { name: 'Error', message: String(cause) }
  const { name, message } = cause
  const { retryAfterMs } = cause as { retryAfterMs?: unknown }
  return { name, message, ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}) }
}

/** By its name: another's file brings a SourceError class of its own. */
export function revivedError({ name, message, retryAfterMs }: SentError): Error {
  if (name === 'SourceError') return new SourceError(message, retryAfterMs)
  return Object.assign(new Error(message), { name })
}

/** Longest list that is copied between threads at once. */
const piece = 5_000

/** The same readings in pieces of a size that holds up nobody; what belongs to the whole comes with the last. */
export function* pagePieces(page: Page): Generator<Page> {
  const { readings, ...rest } = page
  let from = 0
  for (; readings.length - from > piece; from += piece)
    yield { readings: readings.slice(from, from + piece), refusals: [] }
  yield { ...rest, readings: from === 0 ? readings : readings.slice(from) }
}
