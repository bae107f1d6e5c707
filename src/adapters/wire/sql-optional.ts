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
  within,
} from './sql-session.ts'

/** Drivers that are not part of the project: an operator installs them. Written from their documentation, not verified. */
const drivers = {
  oracle: { module: 'oracledb', name: 'Oracle' },
  dm: { module: 'dmdb', name: '达梦' },
} as const
export type OptionalKind = keyof typeof drivers

/** What we use of node-oracledb 6 and of dmdb, which is made after it. */
interface OracleLike {
  OUT_FORMAT_ARRAY?: number
  STRING?: unknown
  getConnection(options: Record<string, unknown>): Promise<OracleLikeConnection>
}
interface OracleLikeConnection {
  callTimeout?: number
  oracleServerVersionString?: string
  execute(
    text: string,
    values: (string | null)[],
    options: Record<string, unknown>,
  ): Promise<{ metaData?: { name: string; dbTypeName?: string }[]; resultSet?: OracleLikeRows }>
  break?(): Promise<void>
  close(options?: Record<string, unknown>): Promise<void>
}
interface OracleLikeRows {
  getRows(count: number): Promise<unknown[][]>
  close(): Promise<void>
}

/** The driver's module, or a sentence that says how it comes here. */
export async function loadDriver(
  kind: OptionalKind,
  load: (module: string) => Promise<unknown> = (module) => import(/* @vite-ignore */ module),
): Promise<OracleLike> {
  const { module, name } = drivers[kind]
  try {
    const loaded = (await load(module)) as OracleLike & { default?: OracleLike }
    return loaded.default ?? loaded
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    throw new SourceError(
      `${name} needs its driver, which is not part of Citydeck: install it beside the gateway by npm install ${module}${why}`,
    )
  }
}

const optionalDialect = (kind: OptionalKind): SqlDialect => ({
  family: 'other',
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder(nth, type) {
    const mark = kind === 'oracle' ? `:${nth}` : '?'
    if (type === 'instant') return `TO_TIMESTAMP_TZ(${mark}, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM')`
    if (type === 'time') return `TO_TIMESTAMP_TZ(${mark}, 'YYYY-MM-DD HH24:MI:SS.FFTZH:TZM')`
    return type === 'integer' ? `TO_NUMBER(${mark})` : mark
  },
  instant: (rfc3339) => rfc3339.replace(/(\.\d+)?Z$/, '+00:00'),
  geometry: (column) => `SDO_UTIL.TO_GEOJSON(${column})`,
  firstRows: (count) => `FETCH FIRST ${count} ROWS ONLY`,
})

/** Opens a session by a driver that is looked for at run time. */
export async function openOptional(
  kind: OptionalKind,
  settings: SessionSettings,
  load?: (module: string) => Promise<unknown>,
): Promise<SqlSession> {
  const driver = await loadDriver(kind, load)
  const { host, port, database, user, password, place } = settings
  const options =
    kind === 'oracle'
      ? { user, password, connectString: `${settings.tls ? 'tcps' : 'tcp'}://${host}:${port}/${database}` }
      : { user, password, connectString: `dm://${host}:${port}/${database}` }
  try {
    const connection = await within(driver.getConnection(options), settings, () => undefined)
    const session = new OptionalSession(kind, driver, connection, settings)
    await session.prepare()
    return session
  } catch (cause) {
    throw sqlFault(cause, place)
  }
}

class OptionalSession implements SqlSession {
  readonly dialect: SqlDialect
  /** These drivers do not say that a connection broke: the next query finds out. */
  readonly lost = new Promise<never>(() => undefined)
  private readonly kind: OptionalKind
  private readonly driver: OracleLike
  private readonly connection: OracleLikeConnection
  private readonly settings: SessionSettings

  constructor(
    kind: OptionalKind,
    driver: OracleLike,
    connection: OracleLikeConnection,
    settings: SessionSettings,
  ) {
    this.dialect = optionalDialect(kind)
    this.kind = kind
    this.driver = driver
    this.connection = connection
    this.settings = settings
    connection.callTimeout = settings.timeoutMs
  }

  async prepare(): Promise<void> {
    if (this.kind !== 'oracle') return
    const { timeZone = 'UTC' } = this.settings
    // ALTER SESSION takes no parameters: only what can be a zone's name is written into it.
    if (!/^[A-Za-z0-9_+\-/:]+$/.test(timeZone)) throw new SourceError(`${timeZone} is no time zone`)
    await this.execute(
      `ALTER SESSION SET TIME_ZONE = '${timeZone}' NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS' ` +
        `NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF6' NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF6TZH:TZM'`,
      [],
    )
  }

  standing(): Promise<string> {
    const version = this.connection.oracleServerVersionString ?? ''
    return Promise.resolve(`${drivers[this.kind].name} ${version}, by a driver that is not verified`)
  }

  async columns(query: BoundQuery): Promise<Column[]> {
    const { metaData = [], resultSet } = await this.execute(
      `${query.text} ${this.dialect.firstRows(1)}`,
      query.values,
    )
    await resultSet?.close()
    return metaData.map(({ name, dbTypeName = '' }) => ({ name, kind: kindOf(dbTypeName) }))
  }

  async *pages({ text, values }: BoundQuery, pageRows: number): AsyncGenerator<Cell[][]> {
    await this.execute('SET TRANSACTION READ ONLY', [])
    const { resultSet } = await this.execute(text, values)
    if (!resultSet) throw new SourceError(`${this.settings.place}: the driver gave no rows`)
    let whole = false
    try {
      for (;;) {
        const rows = await this.run(resultSet.getRows(pageRows))
        if (rows.length > 0) yield rows.map((row) => row.map(textOf))
        if (rows.length < pageRows) break
      }
      await this.run(resultSet.close())
      await this.execute('COMMIT', [])
      whole = true
    } finally {
      if (!whole) this.close()
    }
  }

  close(): void {
    const { connection } = this
    void Promise.resolve(connection.break?.())
      .catch(() => undefined)
      .then(() => connection.close({ drop: true }))
      .catch(() => undefined)
  }

  private execute(text: string, values: (string | null)[]): ReturnType<OracleLikeConnection['execute']> {
    const { OUT_FORMAT_ARRAY, STRING } = this.driver
    return this.run(
      this.connection.execute(text, values, {
        resultSet: /^SELECT/i.test(text),
        outFormat: OUT_FORMAT_ARRAY,
        fetchTypeHandler: () => ({ type: STRING }),
      }),
    )
  }

  private async run<T>(work: Promise<T>): Promise<T> {
    try {
      return await within(work, this.settings, () => this.close())
    } catch (cause) {
      throw sqlFault(cause, this.settings.place)
    }
  }
}

function kindOf(type: string): ColumnKind {
  if (/TIME ZONE|TIME_ZONE|_TZ/.test(type)) return 'instant'
  if (/DATE|TIMESTAMP/.test(type)) return 'wall-clock'
  return /SDO_GEOMETRY/.test(type) ? 'geometry' : /NUMBER|INT/.test(type) ? 'integer' : 'plain'
}

function textOf(cell: unknown): Cell {
  if (cell === null || cell === undefined) return null
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}
