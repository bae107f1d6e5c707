import type pg from 'pg'
import { instantMs } from './observation-row.ts'
import { transaction } from './postgres-pool.ts'
import { locks } from './postgres-schema.ts'
import { monthOf, pruneSql } from './prune-sql.ts'
import type { ObservationStore } from './store.ts'

const sql = pruneSql({ sources: 'o.source = ANY($1::text[])', before: '$2::bigint' })

/** The one deletion there is: the guard against every other is lifted inside this transaction only, and nobody else writes meanwhile. */
export function prune(
  pool: pg.Pool,
  schema: string,
  { sources, before }: Parameters<ObservationStore['prune']>[0],
): Promise<number> {
  return transaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', [schema, locks.store])
    await client.query('ALTER TABLE observations DISABLE TRIGGER append_only')
    const { rowCount } = await client.query(sql, [[...sources], monthOf(instantMs(before))])
    await client.query('ALTER TABLE observations ENABLE TRIGGER append_only')
    return rowCount ?? 0
  })
}
