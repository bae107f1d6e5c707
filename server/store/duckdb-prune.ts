import { listValue } from '@duckdb/node-api'
import { messageOf, type DuckDbFile } from './duckdb-connection.ts'
import { instantMs } from './observation-row.ts'
import { monthOf, pruneSql } from './prune-sql.ts'
import { StoreWriteError, systemCodeOf } from './storage-errors.ts'
import type { ObservationStore } from './store.ts'

const sql = pruneSql({
  sources: 'o.source IN (SELECT unnest($sources::VARCHAR[]))',
  before: '$before::BIGINT',
})

/** Memory needs no change: it holds what stands newest, and that stays. */
export async function prune(
  { writer }: DuckDbFile,
  { sources, before }: Parameters<ObservationStore['prune']>[0],
): Promise<number> {
  if (sources.length === 0) return 0
  try {
    const values = { sources: listValue([...sources]), before: BigInt(monthOf(instantMs(before))) }
    return (await writer.run(sql, values)).rowsChanged
  } catch (cause) {
    throw new StoreWriteError(`the store could not prune: ${messageOf(cause)}`, systemCodeOf(cause), {
      cause,
    })
  }
}
