import pg from 'pg'
import { connectionConfig, type PostgresOptions } from '../store/postgres-pool.ts'

const checkEveryMs = 5_000
const retryAfterMs = 500

export interface Listening {
  stop(): Promise<void>
}

/**
 * A connection of its own that hears NOTIFY; made again when it is lost. `heard` is also called after each new connection and
 * at every check that it still lives, so a word lost on a broken line is made good.
 */
export function listenFor(options: PostgresOptions, channel: string, heard: () => void): Listening {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  const later = (ms: number, act: () => void): void => {
    clearTimeout(timer)
    if (stopped) return
    timer = setTimeout(act, ms)
    timer.unref()
  }
  async function connect(): Promise<void> {
    const fresh = new pg.Client(connectionConfig(options))
    client = fresh
    const again = (): void => {
      if (client !== fresh) return
      client = undefined
      void fresh.end().catch(() => undefined)
      later(retryAfterMs, () => {
        connecting = connect()
      })
    }
    const check = (): void => {
      fresh.query('SELECT 1').then(() => {
        heard()
        if (client === fresh) later(checkEveryMs, check)
      }, again)
    }
    fresh.on('error', again).on('end', again).on('notification', heard)
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      check()
    } catch {
      again()
    }
  }
  let connecting = connect()
  return {
    async stop() {
      stopped = true
      await connecting
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
