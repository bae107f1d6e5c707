import type { ConnectionOptions } from 'node:tls'
import type { Client, FieldDef } from 'pg'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { sqlFault } from './sql-faults.ts'
import {
  type BoundQuery,
  type Cell,
  type Column,
  type ColumnKind,
  type SessionSettings,
  type SqlDialect,
  type SqlSession,
  refusedUser,
  rightsNote,
  within,
} from './sql-session.ts'

// Everything comes as the text the server wrote: a Date would lose microseconds, a number digits.
const asText = { getTypeParser: () => (text: unknown) => text as string }
const kinds: Readonly<Record<number, ColumnKind>> = {
  20: 'integer',
  21: 'integer',
  23: 'integer',
  1114: 'wall-clock',
  1184: 'instant',
}

export const postgresDialect: SqlDialect = {
  family: 'postgres',
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  // A date or a time without zone that is compared with it is taken in the session's zone, which is the declared one.
  placeholder: (nth, type) => (type === 'instant' ? `$${nth}::timestamptz` : `$${nth}`),
  instant: (rfc3339) => rfc3339,
  // EPSG:4490 and EPSG:4326 differ by less than the data: their degrees are taken as they stand.
  geometry: (column, assumedSrid = 0) =>
    `CASE coalesce(nullif(ST_SRID(${column}::geometry), 0), ${assumedSrid}) WHEN 0 THEN 'SRID 0' WHEN 4326 THEN ST_AsGeoJSON(ST_SetSRID(${column}::geometry, 4326), 7, 0) ` +
    `WHEN 4490 THEN ST_AsGeoJSON(ST_SetSRID(${column}::geometry, 4326), 7, 0) ELSE ST_AsGeoJSON(ST_Transform(${column}::geometry, 4326), 7, 0) END`,
  firstRows: (count) => `LIMIT ${count}`,
}

/** Opens a session that may only read, whose statements the server itself stops in time. */
export async function openPostgres(settings: SessionSettings): Promise<SqlSession> {
  const { default: pg } = await import('pg')
  const { host, port, servername, database, user, password, tls, timeoutMs, place } = settings
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    password,
    ssl: tls && { ...tls, ...(await identityOf(servername)) },
    connectionTimeoutMillis: timeoutMs,
    keepAlive: true,
    application_name: 'citydeck',
    types: asText,
  })
  const session = new PostgresSession(client, settings)
  try {
    await within(client.connect(), settings, () => session.close())
    await session.prepare()
    return session
  } catch (cause) {
    session.close()
    throw sqlFault(cause, place)
  }
}

/** The certificate must be that of the name or address in the settings, whatever address the name has. */
async function identityOf(servername: string): Promise<ConnectionOptions> {
  const [{ checkServerIdentity }, { isIP }] = await Promise.all([import('node:tls'), import('node:net')])
  return {
    // Only a name may be told before the handshake.
    ...(isIP(servername) === 0 ? { servername } : {}),
    checkServerIdentity: (_, certificate) => checkServerIdentity(servername, certificate),
  }
}

class PostgresSession implements SqlSession {
  readonly dialect = postgresDialect
  readonly lost: Promise<never>
  private readonly client: Client
  private readonly settings: SessionSettings
  private geometries: readonly number[] = []

  constructor(client: Client, settings: SessionSettings) {
    this.client = client
    this.settings = settings
    this.lost = new Promise<never>((_, reject) => {
      const fail = (cause: Error) => reject(sqlFault(cause, settings.place))
      client.on('error', fail)
      client.on('end', () => fail(new Error('Connection terminated')))
    })
    this.lost.catch(() => undefined)
  }

  async prepare(): Promise<void> {
    const { timeoutMs, timeZone = 'UTC' } = this.settings
    const [settled] = await this.ask(
      `SELECT (SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user), set_config('default_transaction_read_only', 'on', false), set_config('statement_timeout', $1, false),
        set_config('TimeZone', $2, false), set_config('DateStyle', 'ISO', false), set_config('extra_float_digits', '1', false),
        CASE WHEN current_setting('server_version_num')::int >= 140000
          THEN set_config('client_connection_check_interval', '1000', false) END`,
      [String(timeoutMs), timeZone],
    )
    // A superuser reads the server's files by a SELECT, read only or not.
    if (settled?.[0] === 'true') throw new SourceError(refusedUser(this.settings, 'a superuser'))
    const found = await this.ask("SELECT oid FROM pg_type WHERE typname IN ('geometry', 'geography')")
    this.geometries = found.map(([oid]) => Number(oid))
  }

  async standing(): Promise<string> {
    const [row] = await this.ask(
      `SELECT current_setting('server_version'), (SELECT count(*)::text FROM information_schema.role_table_grants
        WHERE privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
        AND table_schema NOT IN ('pg_catalog', 'information_schema'))`,
    )
    const [version, rights] = row ?? []
    return `PostgreSQL ${version ?? '?'}${rightsNote(this.settings, Number(rights))}`
  }

  async columns({ text, values }: BoundQuery): Promise<Column[]> {
    const { fields } = await this.run(
      this.client.query({ text: `${text} LIMIT 0`, values, rowMode: 'array', types: asText }),
    )
    return fields.map((field) => ({ name: field.name, kind: this.kindOf(field) }))
  }

  async *pages({ text, values }: BoundQuery, pageRows: number): AsyncGenerator<Cell[][]> {
    const { default: Cursor } = await import('pg-cursor')
    // A cursor lives in a transaction; read only by name, whatever the session says.
    await this.ask('BEGIN READ ONLY')
    const cursor = this.client.query(new Cursor<Cell[]>(text, values, { rowMode: 'array', types: asText }))
    let whole = false
    try {
      for (;;) {
        const rows = await this.run(cursor.read(pageRows))
        if (rows.length > 0) yield rows
        if (rows.length < pageRows) break
      }
      await this.run(cursor.close())
      await this.ask('COMMIT')
      whole = true
    } finally {
      // Half-read: the connection is of no more use, and the server forgets the cursor with it.
      if (!whole) this.close()
    }
  }

  async listen(channel: string, ring: () => void): Promise<void> {
    this.client.on('notification', ring)
    await this.ask(`LISTEN ${postgresDialect.quote(channel)}`)
  }

  close(): void {
    // An active query makes `end` cut the connection; an idle one says good-bye first.
    void this.client.end().catch(() => undefined)
  }

  private kindOf({ dataTypeID }: FieldDef): ColumnKind {
    return kinds[dataTypeID] ?? (this.geometries.includes(dataTypeID) ? 'geometry' : 'plain')
  }

  private async ask(text: string, values: string[] = []): Promise<Cell[][]> {
    const answer = await this.run(
      this.client.query<Cell[]>({ text, values, rowMode: 'array', types: asText }),
    )
    return answer.rows
  }

  private async run<T>(work: Promise<T>): Promise<T> {
    try {
      return await within(Promise.race([work, this.lost]), this.settings, () => this.close())
    } catch (cause) {
      throw sqlFault(cause, this.settings.place)
    }
  }
}
