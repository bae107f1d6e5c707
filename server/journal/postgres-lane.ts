import type pg from 'pg'
import { ask, unavailable, type PostgresOptions } from '../store/postgres-pool.ts'
import { locks } from '../store/postgres-schema.ts'
import { createTurns } from '../store/turns.ts'
import type { Lane } from './journal.ts'
import { listenFor } from './postgres-wake.ts'

/**
 * The lane of several gateways: an advisory lock makes their work run one at a time, NOTIFY wakes the others' followers. What
 * is really the last number is read anew under the lock. `learnJournal` hears the journal's last number before anybody wakes.
 */
export async function openPostgresLane(
  pool: pg.Pool,
  options: PostgresOptions,
  learnJournal: (lastSequence: number) => void,
): Promise<Lane & { close(): Promise<void> }> {
  const channel = `citydeck_${options.schema}`
  const wakes = new Set<() => void>()
  const turn = createTurns(1)
  let last = 0

  async function refresh(): Promise<void> {
    const [top] = await ask<{ log: string; journal: string }>(pool, lastNumbers, [])
    learnJournal(Number(top!.journal))
    if (Number(top!.log) <= last) return
    last = Number(top!.log)
    for (const wake of wakes) wake()
  }

  await refresh()
  const listening = listenFor(options, channel, () => void refresh().catch(() => undefined))
  return {
    run: (work) =>
      turn(() =>
        underLock(pool, options.schema, async (client) => {
          await refresh()
          try {
            const { used, result } = await work(last + 1)
            // Whoever does not hear it looks for itself some seconds later.
            if (used > 0) await client.query('SELECT pg_notify($1, $2)', [channel, '']).catch(() => undefined)
            return result
          } finally {
            // Also after work that failed: its write may have reached the database although its answer was lost.
            await refresh().catch(() => undefined)
          }
        }),
      ),
    last: () => last,
    onAdvance(wake) {
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
    async close() {
      await turn(async () => undefined)
      await listening.stop()
    },
  }
}

const lastNumbers = `SELECT coalesce((SELECT max(sequence) FROM sequences), 0) AS log,
  coalesce((SELECT max(sequence) FROM journal), 0) AS journal`

/** The lock belongs to the connection: when that breaks, the server lets go of it and the connection is thrown away. */
async function underLock<T>(
  pool: pg.Pool,
  schema: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw unavailable(cause)
  })
  let broken = true
  try {
    await client
      .query('SELECT pg_advisory_lock(hashtext($1), $2)', [schema, locks.lane])
      .catch((cause: unknown) => {
        throw unavailable(cause)
      })
    try {
      return await work(client)
    } finally {
      broken = await client.query('SELECT pg_advisory_unlock(hashtext($1), $2)', [schema, locks.lane]).then(
        () => false,
        () => true,
      )
    }
  } finally {
    client.release(broken)
  }
}
