import pg from 'pg'
import {
  SequenceTakenError,
  StoreUnavailableError,
  StoreUnusableError,
  StoreWriteError,
  systemCodeOf,
} from './storage-errors.ts'

export interface PostgresOptions {
  databaseUrl: string
  /** All tables stand in a schema of their own. */
  schema: string
  statementTimeoutMs: number
  report: (sentence: string) => unknown
}

export function connectionConfig({
  databaseUrl,
  schema,
  statementTimeoutMs,
}: PostgresOptions): pg.ClientConfig {
  // The name goes into the session's settings, where a parameter cannot; so only a plain one is let through.
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) throw new RangeError(`not a plain schema name: ${schema}`)
  return {
    connectionString: databaseUrl,
    options: `-c search_path=${schema} -c synchronous_commit=on -c statement_timeout=${statementTimeoutMs}`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'citydeck',
  }
}

/** Connections are made when needed, so a database that comes back is used again by the next call. */
export function openPool(options: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({ ...connectionConfig(options), max: 8 })
  // An idle connection that the server closes is no bug of ours, and unheard it would end the process.
  pool.on('error', (error) => options.report(`a connection to PostgreSQL was lost: ${error.message}`))
  return pool
}

/** One transaction: all of it or nothing, and a broken connection is never handed back to the pool. */
export async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw unavailable(cause)
  })
  let broken = false
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => (broken = true))
    throw writeError(error)
  } finally {
    client.release(broken)
  }
}

export async function ask<R extends pg.QueryResultRow>(
  pool: pg.Pool,
  sql: string,
  values: unknown[],
): Promise<R[]> {
  try {
    return (await pool.query<R>(sql, values)).rows
  } catch (error) {
    throw unavailable(error)
  }
}

export function unavailable(cause: unknown): StoreUnavailableError {
  const reason =
    cause instanceof pg.DatabaseError && cause.code === '57014' ? 'the query took too long' : messageOf(cause)
  return new StoreUnavailableError(`PostgreSQL does not answer: ${reason}`, { cause })
}

/** For a start that cannot be: no server, wrong name, no right to make tables. */
export function unusable(databaseUrl: string, cause: unknown): StoreUnusableError {
  if (cause instanceof StoreUnusableError) return cause
  const reason = cause instanceof StoreUnavailableError ? cause.cause : cause
  return new StoreUnusableError(
    `PostgreSQL at ${withoutPassword(databaseUrl)} cannot be used: ${messageOf(reason)}. Check DATABASE_URL.`,
    { cause },
  )
}

function writeError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) {
    const own =
      error instanceof SequenceTakenError || error instanceof RangeError || error instanceof TypeError
    return own ? error : unavailable(error)
  }
  if (error.code === '23505' && error.table === 'sequences')
    return new SequenceTakenError('another gateway has taken this sequence')
  if (error.code?.startsWith('08') || error.code?.startsWith('57')) return unavailable(error)
  const code = error.code === '53100' ? 'ENOSPC' : systemCodeOf(error)
  return new StoreWriteError(`PostgreSQL could not write: ${error.message}`, code, { cause: error })
}

/** A refused connection to a name with several addresses comes as an AggregateError without a message. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}

function withoutPassword(databaseUrl: string): string {
  try {
    const { protocol, username, host, pathname } = new URL(databaseUrl)
    return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}
