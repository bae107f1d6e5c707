import type { GenericSchema } from 'valibot'
import type { Delivery, Page, Subscription } from './delivery.ts'
import type { Io } from './io.ts'

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
  read(source: S, mapping: M, window: Window, io: Io): AsyncIterable<Page>
  /**
   * Push, where the protocol has it; absent means poll. One connection for everything that is read from the source. Asking
   * for the next delivery says that the last one is durable: tell the upstream so (PUBACK, ack, 9014, cursor) only then. A
   * delivery of nothing says that the connection stands.
   */
  follow?(
    source: S,
    feeds: readonly Subscription<M>[],
    cursor: string | undefined,
    io: Io,
  ): AsyncIterable<Delivery>
  /** Whether a source of these settings is followed, where some are polled; absent means that all are followed. */
  follows?(source: S): boolean
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
