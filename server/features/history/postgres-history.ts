import pg from 'pg'
import { locks } from '../../store/postgres-schema.ts'
import { ask, connectionConfig, transaction } from '../../store/postgres-pool.ts'
import { StoreUnusableError } from '../../store/storage-errors.ts'
import { type HistoryDatabase, historyTables, historyVersion } from './history-tables.ts'

export interface PostgresHistory {
  databaseUrl: string
  schema: string
}

/** Shared by several gateways: one of them at a time decides whether a statement is new. */
export async function openPostgresHistory({
  databaseUrl,
  schema,
}: PostgresHistory): Promise<HistoryDatabase> {
  const settings = { databaseUrl, schema, statementTimeoutMs: 30_000, report: () => undefined }
  const pool = new pg.Pool({ ...connectionConfig(settings), max: 3 })
  // An idle connection that the server closes is made anew by the next call, and unheard it would end the thread.
  pool.on('error', () => undefined)
  try {
    await prepare(pool, schema)
  } catch (cause) {
    await pool.end()
    throw cause
  }
  return {
    read: async (sql, values = []) => await ask(pool, sql, [...values]),
    write: async (work) =>
      await transaction(pool, async (client) => {
        await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', [schema, locks.features])
        return await work(
          async (sql, values = []) => (await client.query<Record<string, unknown>>(sql, [...values])).rows,
        )
      }),
    close: () => pool.end(),
  }
}

async function prepare(pool: pg.Pool, schema: string): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', [schema, locks.schema])
    const { rows } = await client.query<{ made: boolean }>(
      "SELECT to_regclass($1 || '.feature_meta') IS NOT NULL AS made",
      [schema],
    )
    if (rows[0]?.made) return
    for (const table of historyTables('bytea')) await client.query(table)
    await client.query(
      'CREATE UNIQUE INDEX feature_statements_chain ON feature_statements (identity, slot, n)',
    )
    await client.query('CREATE INDEX feature_heard_newest ON feature_heard (identity, slot, heard)')
    await client.query('CREATE UNIQUE INDEX feature_statements_number ON feature_statements (n)')
  })
  const [found] = await ask<{ version: number }>(pool, 'SELECT version FROM feature_meta', [])
  if (found?.version !== historyVersion)
    throw new StoreUnusableError(`the history of features has another form than version ${historyVersion}`)
}
