import type { Connection, FieldPacket } from 'mysql2'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { zonedFields } from '../../domain/zone-time.ts'
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

// Protocol::ColumnType of MySQL.
const floatType = 4
const kinds: Readonly<Record<number, ColumnKind>> = {
  1: 'integer',
  2: 'integer',
  3: 'integer',
  7: 'instant',
  8: 'integer',
  9: 'integer',
  12: 'wall-clock',
  255: 'geometry',
}

/** `timeZone` is the session's: an instant is written, and a TIMESTAMP answered, as its clock shows it. */
export function mysqlDialect(timeZone: string): SqlDialect {
  const casts = {
    instant: 'CAST(? AS DATETIME(6))',
    time: 'CAST(? AS DATETIME(6))',
    integer: 'CAST(? AS SIGNED)',
  }
  return {
    family: 'mysql',
    quote: (name) => `\`${name.replaceAll('`', '``')}\``,
    placeholder: (_, type) => (type === 'plain' ? '?' : casts[type]),
    instant: (rfc3339) => wallClock(rfc3339, timeZone),
    // MariaDB transforms nothing and MySQL not everything: only degrees of EPSG:4326 and 4490 can be told.
    geometry: (column, assumedSrid = 0) =>
      `CASE WHEN coalesce(nullif(ST_SRID(${column}), 0), ${assumedSrid}) IN (4326, 4490) THEN ST_AsGeoJSON(${column}, 7) ` +
      `WHEN ${column} IS NOT NULL THEN concat('SRID ', ST_SRID(${column})) END`,
    firstRows: (count) => `LIMIT ${count}`,
  }
}

function wallClock(rfc3339: string, timeZone: string): string {
  const { year, month, day, hour, minute, second } = zonedFields(Date.parse(rfc3339), timeZone)
  const [date, time] = [
    [month, day],
    [hour, minute, second],
  ].map((parts) => parts.map((part) => String(part).padStart(2, '0')))
  return `${year}-${date!.join('-')} ${time!.join(':')}`
}

/** Opens a session that may only read, whose statements the server itself stops in time. */
export async function openMysql(settings: SessionSettings): Promise<SqlSession> {
  const { default: mysql } = await import('mysql2')
  const { host, port, servername, database, user, password, tls, timeoutMs, place } = settings
  const { connect } = await import('node:net')
  const connection = mysql.createConnection({
    // The certificate is checked against the name; the connection goes to the address that was allowed.
    host: servername,
    stream: () => connect({ host, port, noDelay: true, keepAlive: true }),
    database,
    user,
    password,
    ...(tls ? { ssl: { ...tls, rejectUnauthorized: true, verifyIdentity: true } } : {}),
    connectTimeout: timeoutMs,
    charset: 'utf8mb4',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    jsonStrings: true,
    rowsAsArray: true,
    // Row parsers are not compiled from what the server says.
    disableEval: true,
  })
  const session = new MysqlSession(connection, settings)
  try {
    await session.prepare()
    return session
  } catch (cause) {
    session.close()
    throw sqlFault(cause, place)
  }
}

class MysqlSession implements SqlSession {
  readonly dialect: SqlDialect
  readonly lost: Promise<never>
  private readonly connection: Connection
  private readonly settings: SessionSettings

  constructor(connection: Connection, settings: SessionSettings) {
    this.connection = connection
    this.settings = settings
    this.dialect = mysqlDialect(settings.timeZone ?? 'UTC')
    this.lost = new Promise<never>((_, reject) => {
      const fail = (cause: Error) => reject(sqlFault(cause, settings.place))
      connection.on('error', fail)
      connection.on('end', () => fail(new Error('Connection lost')))
    })
    this.lost.catch(() => undefined)
  }

  async prepare(): Promise<void> {
    const { timeoutMs, timeZone } = this.settings
    const [[version]] = (await this.ask('SELECT VERSION()')) as [[string]]
    await this.ask(
      /mariadb/i.test(version)
        ? `SET SESSION max_statement_time = ${timeoutMs / 1_000}`
        : `SET SESSION max_execution_time = ${timeoutMs}`,
    )
    await this.ask('SET SESSION TRANSACTION READ ONLY')
    // Quotes and backslashes mean what sql-text.ts takes them for.
    await this.ask(
      "SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO'",
    )
    await this.ask('SET SESSION time_zone = ?', [sessionZone(timeZone)])
    const mighty = await this.ask(
      "SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE IN ('FILE', 'SUPER')",
    )
    // FILE lets a SELECT read and write the server's files, read only or not.
    if (mighty.length > 0)
      throw new SourceError(refusedUser(this.settings, `let do too much (${mighty.flat().join(', ')})`))
  }

  async standing(): Promise<string> {
    const [[version, rights]] = (await this.ask(
      `SELECT VERSION(), CAST((SELECT count(*) FROM information_schema.SCHEMA_PRIVILEGES WHERE PRIVILEGE_TYPE IN ('INSERT', 'UPDATE', 'DELETE'))
        + (SELECT count(*) FROM information_schema.TABLE_PRIVILEGES WHERE PRIVILEGE_TYPE IN ('INSERT', 'UPDATE', 'DELETE'))
        + (SELECT count(*) FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE IN ('INSERT', 'UPDATE', 'DELETE')) AS CHAR)`,
    )) as [[string, string]]
    const server = /mariadb/i.test(version) ? 'MariaDB' : 'MySQL'
    return `${server} ${version}${rightsNote(this.settings, Number(rights))}`
  }

  async columns({ text, values }: BoundQuery): Promise<Column[]> {
    const work = new Promise<Column[]>((resolve, reject) => {
      this.connection.execute(`${text} LIMIT 0`, values, (error, _rows, fields) =>
        error
          ? reject(error)
          : resolve(fields.map((field) => ({ name: field.name, kind: kinds[typeOf(field)] ?? 'plain' }))),
      )
    })
    return this.run(work)
  }

  async *pages({ text, values }: BoundQuery, pageRows: number): AsyncGenerator<Cell[][]> {
    await this.ask('START TRANSACTION READ ONLY')
    const command = this.connection.execute({ sql: text, values, rowsAsArray: true })
    let floats: ReadonlySet<number> = new Set()
    command.on('fields', (fields: FieldPacket[]) => (floats = floatsIn(fields)))
    const rows = command.stream({ highWaterMark: pageRows })[Symbol.asyncIterator]() as AsyncIterator<
      unknown[]
    >
    let whole = false
    try {
      for (let page: Cell[][] = []; ;) {
        const next = await this.run(rows.next())
        if (!next.done) page.push(next.value.map((cell, index) => textOf(cell, floats.has(index))))
        if (page.length > 0 && (next.done === true || page.length === pageRows)) {
          yield page
          page = []
        }
        if (next.done) break
      }
      await this.ask('COMMIT')
      whole = true
    } finally {
      // Half-read: what is still on its way would stand before the next answer.
      if (!whole) this.close()
    }
  }

  close(): void {
    this.connection.destroy()
  }

  private ask(text: string, values: string[] = []): Promise<Cell[][]> {
    const work = new Promise<Cell[][]>((resolve, reject) => {
      this.connection.query<never>({ sql: text, values, rowsAsArray: true }, (error, rows) =>
        error ? reject(error) : resolve(rows),
      )
    })
    return this.run(work)
  }

  private async run<T>(work: Promise<T>): Promise<T> {
    try {
      return await within(Promise.race([work, this.lost]), this.settings, () => this.close())
    } catch (cause) {
      throw sqlFault(cause, this.settings.place)
    }
  }
}

/** A zone that keeps one offset all year by its offset, because few servers have the tables of named ones loaded. */
function sessionZone(timeZone = 'UTC'): string {
  const minutes = [0, 6].map((month) => {
    const { year, month: shown, day, hour, minute } = zonedFields(Date.UTC(2026, month, 15, 12), timeZone)
    return Math.round((Date.UTC(year, shown - 1, day, hour, minute) - Date.UTC(2026, month, 15, 12)) / 60_000)
  })
  const [offset = 0] = minutes
  if (minutes.some((other) => other !== offset)) return timeZone
  const whole = Math.abs(offset)
  const [hours, rest] = [Math.floor(whole / 60), whole % 60].map((part) => String(part).padStart(2, '0'))
  return `${offset < 0 ? '-' : '+'}${hours}:${rest}`
}

const typeOf = (field: FieldPacket): number => (field as unknown as { columnType: number }).columnType

function floatsIn(fields: FieldPacket[]): ReadonlySet<number> {
  return new Set(fields.flatMap((field, index) => (typeOf(field) === floatType ? [index] : [])))
}

/** A FLOAT has seven digits; as a double it would show dust that nobody measured. */
function textOf(cell: unknown, float: boolean): Cell {
  if (cell === null || cell === undefined) return null
  if (typeof cell === 'number' && float) return String(Number(cell.toPrecision(7)))
  if (cell instanceof Uint8Array) return `\\x${Buffer.from(cell).toString('hex')}`
  return typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? '')
}
