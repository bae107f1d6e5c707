import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'
import { DurationSchema } from '../../domain/instant.ts'
import type { SecretKeeper } from './secrets.ts'
import { openMysql } from './sql-mysql.ts'
import { openOptional } from './sql-optional.ts'
import { openPostgres } from './sql-postgres.ts'
import type { SqlSession } from './sql-session.ts'
import { type SqlFamily, type Statement, readStatement } from './sql-text.ts'
import { Turns } from './turns.ts'

const NameSchema = v.pipe(v.string(), v.nonEmpty())
const SecretNameSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Z][A-Z0-9_]*$/, 'a secret is referred to by its NAME, never written here'),
)
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const ZoneSchema = v.pipe(
  NameSchema,
  v.check(
    (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
    'an IANA zone such as Asia/Shanghai',
  ),
)

/** A database, as it stands in sources.yaml. Its user has SELECT and nothing more. */
export const SqlSettingsSchema = v.strictObject({
  address: v.pipe(
    v.string(),
    v.regex(
      /^((postgres|postgresql|mysql|mariadb):\/\/[^/?#@\s]+|(oracle|dm):\/\/[^/?#@\s]+:\d+)\/[^/?#\s]+$/,
      'postgres://host:port/database, or mysql, mariadb, oracle, dm; without user and password',
    ),
  ),
  user: NameSchema,
  passwordSecret: SecretNameSchema,
  /** `off` only where nobody else is on the network. `caSecret` holds the certificate of the city's own authority, as PEM. */
  tls: v.optional(
    v.union([v.literal('off'), v.strictObject({ caSecret: v.optional(SecretNameSchema) })]),
    {},
  ),
  /** Zone in which the database shows times that carry none. */
  timeZone: v.optional(ZoneSchema),
  /** Coordinate system of geometries that name none. */
  srid: v.optional(whole(1, 999_999)),
  /** Changes are followed: at once where PostgreSQL notifies a channel, and every so often in any case. */
  follow: v.optional(
    v.strictObject({ channel: v.optional(NameSchema), every: v.optional(DurationSchema, 'PT30S') }),
  ),
  /** Connections at once; a database has few. */
  connections: v.optional(whole(1, 20), 2),
  limits: v.optional(
    v.strictObject({
      maxRows: v.optional(whole(1, 5_000_000), 200_000),
      pageRows: v.optional(whole(1, 5_000), 1_000),
      /** Of one page. */
      maxBytes: v.optional(whole(1_024, 209_715_200), 8_388_608),
      timeoutMs: v.optional(whole(100, 120_000), 10_000),
    }),
    {},
  ),
})
export type SqlSettings = v.InferOutput<typeof SqlSettingsSchema>

/** A session of the source's database, at the address that was allowed. */
export async function openSession(source: SqlSettings, io: Io, keeper: SecretKeeper): Promise<SqlSession> {
  const { hostname, protocol, pathname } = new URL(source.address)
  const kind = protocol.slice(0, -1)
  const { host, port, servername } = await io.reach(source.address)
  io.signal.throwIfAborted()
  const ca = source.tls === 'off' ? undefined : source.tls.caSecret
  const settings = {
    place: `${kind}://${hostname}:${port}${pathname}`,
    host,
    port,
    servername,
    database: decodeURIComponent(pathname.slice(1)),
    user: source.user,
    password: keeper.secret(source.passwordSecret),
    tls: source.tls === 'off' ? (false as const) : ca === undefined ? {} : { ca: keeper.secret(ca) },
    timeZone: source.timeZone,
    timeoutMs: source.limits.timeoutMs,
    signal: io.signal,
  }
  if (kind === 'oracle' || kind === 'dm') return openOptional(kind, settings)
  return familyOf(source) === 'postgres' ? openPostgres(settings) : openMysql(settings)
}

function familyOf({ address }: SqlSettings): SqlFamily {
  return address.startsWith('postgres') ? 'postgres' : /^(mysql|mariadb)/.test(address) ? 'mysql' : 'other'
}

/** Throws where the text is not one question. */
export function statementOf(source: SqlSettings, text: string, parameters: readonly string[]): Statement {
  const statement = readStatement(text, parameters, familyOf(source))
  if ('reason' in statement) throw new SourceError(`the query cannot be asked: ${statement.reason}`)
  return statement
}

// One line of waiters for all indicators of a source; kept no longer than its settings.
const turns = new WeakMap<SqlSettings, Turns>()

export function turnsOf(source: SqlSettings): Turns {
  const known = turns.get(source) ?? new Turns(source.connections)
  turns.set(source, known)
  return known
}
