import type { Statement } from '../../../src/domain/feature-statement.ts'

/** One collection as it was read: under another address, kind or provenance it is another subject. */
export interface Subject {
  identity: string
  /** Of a timed collection the instant it speaks of; undefined for a standing one. */
  atMs: number | undefined
}

/** A good answer of a source; `hash` is of its features and refusals. */
export interface Heard extends Subject {
  heardMs: number
  resultTime: string
  hash: string
}

export type KeptStatement = Pick<
  Statement,
  'features' | 'refused' | 'resultTime' | 'sinceMs' | 'receivedMs' | 'hash'
> & { atMs: number | undefined }

export interface HistoryExtent {
  /** When each identity was first heard, of what is still kept. */
  fromMs: Record<string, number>
  bytes: number
}

/**
 * What sources said of things with a place, and when it was heard: every statement that differs from the one before, as the
 * features that differ. Durable when a promise of a write resolves. Throws StoreUnavailableError, StoreWriteError.
 */
export interface FeatureHistory {
  /** Keeps that it was heard; false where the newest statement kept is another one, which has to be told by `keep`. */
  hear(heard: Heard): Promise<boolean>
  /** @param text JSON of [features, refused]; answers the bytes kept of all statements together */
  keep(heard: Heard, text: string): Promise<number>
  /** What was newest heard by then, of the latest instant in [fromAtMs, atMs] where the collection is timed. */
  find(asked: {
    identity: string
    fromAtMs: number | undefined
    atMs: number | undefined
    asOfMs: number
  }): Promise<KeptStatement | undefined>
  extent(): Promise<HistoryExtent>
  /**
   * Forgets what was heard before an instant, and more where the rest is heavier than `mostBytes`; what is still needed to
   * know a later instant stays. Answers the instant before which all is forgotten, which is the one asked for where nothing more was.
   */
  bound(limits: { beforeMs: number; mostBytes: number }): Promise<{ beforeMs: number; bytes: number }>
  close(): Promise<void>
}
