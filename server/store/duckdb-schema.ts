import type { DuckDBConnection } from '@duckdb/node-api'
import { StoreUnusableError } from './storage-errors.ts'

const version = 1

/**
 * Rows are only ever appended, so each column stays in the order of `sequence` and its min/max per row group answers most
 * filters without an index (an index would slow every insert). Times are UTC milliseconds since 1970. A month or day rollup
 * can be added as a table of its own keyed by series and bucket and filled from `sequence > <last rolled up>`.
 */
const tables = [
  'CREATE TABLE meta (version INTEGER NOT NULL)',
  'CREATE TABLE series (id INTEGER NOT NULL, indicator VARCHAR NOT NULL, region VARCHAR NOT NULL, dims VARCHAR NOT NULL)',
  `CREATE TABLE observations (
    sequence BIGINT NOT NULL, series INTEGER NOT NULL, revision INTEGER NOT NULL,
    period_start BIGINT NOT NULL, period_end BIGINT NOT NULL, label VARCHAR NOT NULL,
    value DOUBLE, unit VARCHAR NOT NULL, status VARCHAR NOT NULL, flags VARCHAR, provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL, result_time BIGINT NOT NULL, received_at BIGINT NOT NULL, lineage VARCHAR NOT NULL,
    intervals VARCHAR, comparisons VARCHAR)`,
  'CREATE TABLE lineages (id VARCHAR NOT NULL, body VARCHAR NOT NULL)',
  'CREATE TABLE cursors (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)',
]

/** Makes the tables of a new file in one transaction; refuses a file of a later version than this program. */
export async function prepareSchema(writer: DuckDBConnection): Promise<void> {
  const made = await writer.runAndReadAll("SELECT 1 FROM duckdb_tables() WHERE table_name = 'meta'")
  if (made.currentRowCount === 0) {
    await writer.run('BEGIN')
    for (const table of tables) await writer.run(table)
    await writer.run('INSERT INTO meta VALUES ($version)', { version })
    await writer.run('COMMIT')
    return
  }
  const found = (await writer.runAndReadAll('SELECT version FROM meta')).getRows()[0]?.[0]
  if (found !== version) {
    throw new StoreUnusableError(
      `the store was written in version ${String(found)} of its form, this program reads version ${version}`,
    )
  }
}
