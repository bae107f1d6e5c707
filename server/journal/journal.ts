import type { CityRecord, JournalRecord } from '../../src/domain/command.ts'

export interface NewRecord {
  record: CityRecord
  at: string
  actor: string
  stream: string
  /** Id of the command that caused it; records of the gateway's own rules carry `rule:…`. */
  command: string
}

/** Append-only and hash-chained. A promise of append resolves after fdatasync; several appends share one sync (group commit). */
export interface Journal {
  /** Appends records that belong together, all or none; they take the lane's numbers `first`, `first + 1` …, one each. */
  append(records: NewRecord[], first: number): Promise<JournalRecord[]>
  /** Records after a sequence, oldest first. */
  after(sequence: number): AsyncIterable<JournalRecord>
  lastSequence(): number
  /** Checks every hash from the first record; names the first one that does not fit. */
  verify(): Promise<{ records: number } | { broken: { line: number; reason: string } }>
  close(): Promise<void>
}

/** The one global sequence of a gateway's log: work runs one at a time, so numbers become visible in order. */
export interface Lane {
  /** `first` is the next free number; `used` says how many the work really took. */
  run<T>(work: (first: number) => Promise<{ used: number; result: T }>): Promise<T>
  last(): number
  /** Called after each run that used a number, in this process or (PostgreSQL) in another one. */
  onAdvance(wake: () => void): () => void
}
