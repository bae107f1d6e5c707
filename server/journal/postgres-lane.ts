import pg from 'pg'
import { ask, connectionConfig, unavailable, type PostgresOptions } from '../store/postgres-pool.ts'
import { locks } from '../store/postgres-schema.ts'
import type { Lane } from './journal.ts'

const checkEveryMs = 5_000
const retryAfterMs = 500

/**
 * The lane of several gateways: an advisory lock makes their work run one at a time, NOTIFY wakes the others' followers. What
 * is really the last number is read anew under the lock, and after every silence of the wake-up connection.
 */
export async function openPostgresLane(
  pool: pg.Pool,
  options: PostgresOptions,
  learnJournal: (lastSequence: number) => void,
): Promise<Lane & { close(): Promise<void> }> {
  const { schema } = options
  const channel = `citydeck_${schema}`
  const wakes = new Set<() => void>()
  let last = 0
  let queue: Promise<unknown> = Promise.resolve()

  async function refresh(): Promise<void> {
    const [top] = await ask<{ last: string; journal: string }>(
      pool,
      'SELECT coalesce((SELECT max(sequence) FROM sequences), 0) AS last, coalesce((SELECT max(sequence) FROM journal), 0) AS journal',
      [],
    )
    learnJournal(Number(top!.journal))
    if (Number(top!.last) <= last) return
    last = Number(top!.last)
    for (const wake of wakes) wake()
  }

  async function turn<T>(work: (first: number) => Promise<{ used: number; result: T }>): Promise<T> {
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
      await refresh()
      try {
        const { used, result } = await work(last + 1)
        if (used > 0)
          await client
            .query('SELECT pg_notify($1, $2)', [channel, String(last + used)])
            .catch(() => undefined)
        return result
      } finally {
        // Also after work that failed: its write may have reached the database although its answer was lost.
        await refresh().catch(() => undefined)
        broken = await client.query('SELECT pg_advisory_unlock(hashtext($1), $2)', [schema, locks.lane]).then(
          () => false,
          () => true,
        )
      }
    } finally {
      client.release(broken)
    }
  }

  await refresh()
  const listening = listen(options, channel, () => void refresh().catch(() => undefined))
  return {
    run(work) {
      const done = queue.then(() => turn(work))
      queue = done.catch(() => undefined)
      return done
    },
    last: () => last,
    onAdvance(wake) {
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
    async close() {
      await queue
      await listening.stop()
    },
  }
}

/** A connection of its own that hears NOTIFY; made again when it is lost, and asked now and then whether it still lives. */
function listen(options: PostgresOptions, channel: string, heard: () => void): { stop(): Promise<void> } {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let connecting = connect()

  async function connect(): Promise<void> {
    const fresh = new pg.Client(connectionConfig(options))
    client = fresh
    let lost = false
    const again = (): void => {
      if (stopped || lost) return
      lost = true
      clearTimeout(timer)
      void fresh.end().catch(() => undefined)
      timer = setTimeout(() => (connecting = connect()), retryAfterMs)
      timer.unref()
    }
    fresh.on('error', again)
    fresh.on('end', again)
    fresh.on('notification', heard)
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      heard()
      check(fresh, again)
    } catch {
      again()
    }
  }
  function check(fresh: pg.Client, again: () => void): void {
    timer = setTimeout(() => {
      fresh.query('SELECT 1').then(() => {
        heard()
        if (!stopped && fresh === client) check(fresh, again)
      }, again)
    }, checkEveryMs)
    timer.unref()
  }
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await connecting
      await client?.end().catch(() => undefined)
    },
  }
}
