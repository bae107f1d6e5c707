import { openFeatureHistory } from '../features/history/open-feature-history.ts'
import { openPostgresJournal } from '../journal/postgres-journal.ts'
import { openPostgresLane } from '../journal/postgres-lane.ts'
import type { Storage } from './storage.ts'
import { createPostgresStore } from './postgres.ts'
import { openPool, unusable, type PostgresOptions } from './postgres-pool.ts'
import { prepareSchema } from './postgres-schema.ts'

/** Store, journal and lane on one PostgreSQL; `report` hears of connections that were lost. */
export async function openPostgresStorage(
  databaseUrl: string,
  options: Partial<Omit<PostgresOptions, 'databaseUrl'>> = {},
): Promise<Storage> {
  const settings: PostgresOptions = {
    databaseUrl,
    schema: 'citydeck',
    statementTimeoutMs: 30_000,
    report: (sentence) =>
      process.stderr.write(`${sentence}
`),
    ...options,
  }
  const pool = openPool(settings)
  try {
    await prepareSchema(pool, settings.schema)
    const journal = await openPostgresJournal(pool, settings.schema)
    const lane = await openPostgresLane(pool, settings, journal.learn)
    const store = createPostgresStore(pool, settings.schema)
    const features = openFeatureHistory({ databaseUrl, schema: settings.schema })
    let closed = false
    return {
      store,
      journal,
      lane,
      features,
      async close() {
        if (closed) return
        closed = true
        await features.close()
        await lane.close()
        await pool.end()
      },
    }
  } catch (error) {
    await pool.end()
    throw unusable(databaseUrl, error)
  }
}
