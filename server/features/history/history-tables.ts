export type SqlValue = string | number | boolean | Uint8Array

/** One database, with `$1` for values; whole numbers come back as numbers or as text of them. */
export interface HistoryDatabase {
  read(sql: string, values?: readonly SqlValue[]): Promise<Record<string, unknown>[]>
  /** One durable transaction at a time, over every gateway that shares the database. Throws StoreWriteError. */
  write<T>(work: (run: HistoryDatabase['read']) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** `slot` is the instant a timed collection speaks of, in milliseconds, and this for a standing one. */
export const standingSlot = -1

export const historyVersion = 1

/**
 * `heard` has a row for each good answer and the number of the statement it was; `statements` has a row for each that differs
 * from the one before. `bytes` is of the body, so that their sum needs no bodies.
 */
export const historyTables = (blob: string): string[] => [
  'CREATE TABLE feature_meta (version INTEGER NOT NULL)',
  `CREATE TABLE feature_statements (
    n BIGINT NOT NULL, identity VARCHAR NOT NULL, slot BIGINT NOT NULL, since BIGINT NOT NULL, hash VARCHAR NOT NULL,
    whole BOOLEAN NOT NULL, bytes BIGINT NOT NULL, body ${blob} NOT NULL)`,
  `CREATE TABLE feature_heard (
    identity VARCHAR NOT NULL, slot BIGINT NOT NULL, heard BIGINT NOT NULL, result VARCHAR NOT NULL, n BIGINT NOT NULL)`,
  `INSERT INTO feature_meta VALUES (${historyVersion})`,
]

/** What a row of `heard` takes is small but not nothing. */
const heardBytes = 48

export const sql = {
  newest: `SELECT n, hash FROM feature_statements WHERE identity = $1 AND slot = $2 ORDER BY n DESC LIMIT 1`,
  lastNumber: 'SELECT coalesce(max(n), 0) AS n FROM feature_statements',
  insertHeard: 'INSERT INTO feature_heard VALUES ($1, $2, $3, $4, $5)',
  insertStatement: 'INSERT INTO feature_statements VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
  newestHeard: `SELECT slot, heard, result, n FROM feature_heard
    WHERE identity = $1 AND slot BETWEEN $2 AND $3 AND heard <= $4 ORDER BY slot DESC, heard DESC, n DESC LIMIT 1`,
  chain: `SELECT n, since, hash, body FROM feature_statements WHERE identity = $1 AND slot = $2 AND n <= $3 AND n >= (
    SELECT max(n) FROM feature_statements WHERE identity = $1 AND slot = $2 AND n <= $3 AND whole) ORDER BY n`,
  extent: 'SELECT identity, min(heard) AS heard FROM feature_heard GROUP BY identity',
  bytes: `SELECT (SELECT coalesce(sum(bytes), 0) FROM feature_statements) +
    ${heardBytes} * (SELECT count(*) FROM feature_heard) AS bytes`,
  /** The instant since which all that was kept is heavier than $1; null where all of it is lighter. */
  heavierSince: `SELECT max(since) AS since FROM (
    SELECT since, sum(bytes) OVER (ORDER BY since DESC) AS total FROM (
      SELECT since, bytes FROM feature_statements
      UNION ALL SELECT heard, ${heardBytes} * count(*) FROM feature_heard GROUP BY heard) kept) sums WHERE total > $1`,
  forgetHeard: 'DELETE FROM feature_heard WHERE heard < $1',
  /** A difference needs every statement back to the whole one before it; one that was never heard again is needed by none. */
  forgetStatements: `DELETE FROM feature_statements WHERE n NOT IN (
    SELECT s.n FROM feature_statements s JOIN (
      SELECT w.identity, w.slot, max(w.n) AS n FROM feature_statements w JOIN (
        SELECT identity, slot, min(n) AS n FROM feature_heard GROUP BY identity, slot) first
      ON first.identity = w.identity AND first.slot = w.slot WHERE w.whole AND w.n <= first.n
      GROUP BY w.identity, w.slot) base
    ON base.identity = s.identity AND base.slot = s.slot WHERE s.n >= base.n)`,
} as const
