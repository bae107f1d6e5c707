import { SourceError } from '../../contracts/indicator-adapter.ts'

/** What a column holds, as far as its text has to be read differently. */
export type ColumnKind = 'instant' | 'wall-clock' | 'integer' | 'geometry' | 'plain'

export interface Column {
  name: string
  kind: ColumnKind
}

/** As the database wrote it: numbers too are text, so that no digit is lost. */
export type Cell = string | null

/** A text with the database's own placeholders, and what they stand for. Values never become part of the text. */
export interface BoundQuery {
  text: string
  values: (string | null)[]
}

/** `time` is a column's own text of a time, given back to be compared with the column. */
export type ValueType = 'instant' | 'time' | 'integer' | 'plain'

/** What a kind of database writes in its own way. */
export interface SqlDialect {
  family: 'postgres' | 'mysql' | 'other'
  quote(name: string): string
  /** Of the nth value, counted from 1. */
  placeholder(nth: number, type: ValueType): string
  /** An instant as a value of type `instant`. */
  instant(rfc3339: string): string
  /** GeoJSON in longitude and latitude; `SRID n` where it cannot be told in which. */
  geometry(column: string, assumedSrid: number | undefined): string
  firstRows(count: number): string
}

/** One open connection, read only by its session, with every answer under a deadline. */
export interface SqlSession {
  dialect: SqlDialect
  /** Server and version, and whether the user has more rights than it needs, for the probe. */
  standing(): Promise<string>
  /** The columns a query answers with; no row is read. */
  columns(query: BoundQuery): Promise<Column[]>
  /** Rows in pages of at most so many; leaving the loop ends the reading. */
  pages(query: BoundQuery, pageRows: number): AsyncIterable<Cell[][]>
  /** Calls `ring` at every NOTIFY on the channel, from now on. Only PostgreSQL has it. */
  listen?(channel: string, ring: () => void): Promise<void>
  /** Rejects when the connection breaks. */
  lost: Promise<never>
  /** At once, whatever is under way. */
  close(): void
}

export interface SessionSettings {
  /** The database as an operator knows it: postgres://host:5432/city. */
  place: string
  host: string
  port: number
  servername: string
  database: string
  user: string
  password: string
  /** Certificates are checked; `ca` is one of the city's own, as PEM. */
  tls: false | { ca?: string }
  /** Zone of columns whose times carry none, where it is declared. */
  timeZone: string | undefined
  timeoutMs: number
  signal: AbortSignal
}

/** Why a user that could do harm by a mere SELECT is not used. */
export function refusedUser({ place, user }: SessionSettings, what: string): string {
  return `${place}: user ${user} is ${what}: give the source a user that has SELECT and nothing more`
}

export function rightsNote({ user }: SessionSettings, writable: number): string {
  return writable > 0 ? `; user ${user} may write (${writable} rights): take them away` : ''
}

/** Waits for an answer no longer than the deadline or the signal allow; either closes the connection. */
export function within<T>(work: Promise<T>, settings: SessionSettings, close: () => void): Promise<T> {
  const { place, signal, timeoutMs } = settings
  return new Promise<T>((resolve, reject) => {
    const end = (reason: unknown) => {
      close()
      reject(reason)
    }
    const aborted = () => end(signal.reason)
    const timer = setTimeout(
      () =>
        end(new SourceError(`${place} did not answer within ${timeoutMs} ms: look at its load and locks`)),
      // The server's own limit comes first, because it says what was too slow.
      timeoutMs + 1_000,
    )
    const settled = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', aborted)
    }
    work.then(resolve, reject).finally(settled)
    if (signal.aborted) aborted()
    else signal.addEventListener('abort', aborted, { once: true })
  })
}
