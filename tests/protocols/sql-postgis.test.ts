import * as v from 'valibot'
import { afterAll, describe, expect, test } from 'vitest'
import sql from '../../src/adapters/indicators/sql.ts'
import {
  ProtocolBook,
  type Subject,
  endOf,
  followUntil,
  ioOf,
  readOnce,
} from '../conformance/protocol-book.ts'
import { pause } from '../support/services/launch.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import { asOwner, ownerRows, sqlFields, sqlSecrets, sqlSource } from './support/sql-subjects.ts'

const server = runningService('postgis')
const window = { from: '2026-08-05T16:00:00Z', to: '2026-08-06T16:00:00Z' }
const name = `own_${process.pid}`
const tables: string[] = []

describe.skipIf(!server)(`PostgreSQL with PostGIS${skipReason('postgis')}`, () => {
  afterAll(() => asOwner(server!, ...tables.map((made) => `DROP TABLE IF EXISTS ${made} CASCADE`)))

  async function table(suffix: string, columns: string, ...more: string[]): Promise<string> {
    const made = `${name}_${suffix}`
    tables.push(made)
    await asOwner(
      server!,
      `CREATE TABLE ${made} (${columns})`,
      ...more.map((text) => text.replaceAll('@', made)),
    )
    return made
  }
  const subject = (query: string, settings: object = {}, mapping: object = {}): Subject => ({
    source: sqlSource(server!, settings),
    mapping: { query, fields: sqlFields, ...mapping },
    secrets: sqlSecrets(server!),
  })
  const session = (of: Subject, book = new ProtocolBook(), signal = AbortSignal.timeout(20_000)) => ({
    adapter: sql,
    subject: of,
    window,
    book,
    signal,
  })
  const read = async (...of: Parameters<typeof subject>) => {
    const book = new ProtocolBook()
    await readOnce(session(subject(...of), book))
    return book
  }
  const fault = (...of: Parameters<typeof subject>) =>
    endOf(readOnce(session(subject(...of)))).then(({ message }) => message)
  const row = "'220102' AS region, timestamptz '2026-08-06 00:00Z' AS at"

  test('a geometry of EPSG:4490 is told in degrees, one on a plane is transformed, and a join by place gives the region', async () => {
    const place = await table(
      'place',
      'at timestamptz, value numeric, station geometry(Point, 4490), plane geometry(Point, 4547)',
      `INSERT INTO @ VALUES ('2026-08-06 00:00Z', 3.50, ST_SetSRID(ST_MakePoint(125.3, 43.9), 4490),
        ST_Transform(ST_SetSRID(ST_MakePoint(114.5, 30.5), 4490), 4547))`,
    )
    const area = await table(
      'area',
      'region text, shape geometry(Polygon, 4490)',
      "INSERT INTO @ VALUES ('220102', ST_SetSRID(ST_MakeEnvelope(125, 43, 126, 44), 4490)), ('220103', ST_SetSRID(ST_MakeEnvelope(120, 43, 121, 44), 4490))",
    )
    const book = await read(
      `SELECT a.region, p.* FROM ${place} p JOIN ${area} a ON ST_Contains(a.shape, p.station) WHERE p.at >= :from AND p.at < :to`,
    )
    expect(book.told()).toEqual(['220102 2026-08-06T00:00:00.000Z = 3.5'])
    const { record } = [...book.stored.values()][0]!.lineage
    const { station, plane, value } = JSON.parse(record!.text) as Record<string, { coordinates: number[] }>
    expect([record!.place, value, station!.coordinates]).toEqual(['page 1 row 1', '3.50', [125.3, 43.9]])
    expect(plane!.coordinates.map((degree) => degree.toFixed(5))).toEqual(['114.50000', '30.50000'])
  })

  test('a geometry without a coordinate system is refused, unless the source declares one', async () => {
    const query = `SELECT ${row}, 1 AS value, ST_MakePoint(125.3, 43.9) AS g`
    const [undeclared, declared] = [await read(query), await read(query, { srid: 4490 })]
    expect([undeclared.stored.size, undeclared.refusals[0]?.reason]).toEqual([
      0,
      'column g: a geometry with no coordinate system: declare it by srid of the source, or transform it in the query',
    ])
    expect([declared.stored.size, declared.refusals]).toEqual([1, []])
  })

  test('a time without a zone is the declared zone’s, in rows and in the window, and nobody’s without one', async () => {
    const walls = await table(
      'walls',
      'region text, at timestamp, value numeric',
      "INSERT INTO @ VALUES ('220102', '2026-08-06 00:00', 1), ('220102', '2026-08-06 23:59', 2), ('220102', '2026-08-07 00:00', 3)",
    )
    const query = `SELECT * FROM ${walls} WHERE at >= :from AND at < :to`
    expect(await fault(query)).toContain('column at holds times without a zone')
    expect((await read(query, { timeZone: 'Asia/Shanghai' })).told()).toEqual([
      '220102 2026-08-05T16:00:00.000Z = 1',
      '220102 2026-08-06T15:59:00.000Z = 2',
    ])
  })

  test('numbers keep their digits, and NaN of numeric is refused', async () => {
    const book = await read(
      `SELECT region, at, value FROM (VALUES ('220102', timestamptz '2026-08-06 00:00Z', 23.4::real::text),
        ('220103', '2026-08-06 00:00Z', '123456789.123456789'::numeric::text)) t(region, at, value)
        UNION ALL SELECT '220104', '2026-08-06 00:00Z', ('NaN'::numeric)::text`,
    )
    expect(book.told().map((told) => told.split(' = ')[1])).toEqual(['23.4', '123456789.12345679'])
    expect(book.refusals.map(({ reason }) => reason)).toEqual(['column value: not a number: "NaN"'])
  })

  test('nothing can be written, neither by a function nor by a session that was told to allow it', async () => {
    const counter = `${name}_counter`
    await asOwner(server!, `CREATE SEQUENCE ${counter}`, `GRANT ALL ON SEQUENCE ${counter} TO PUBLIC`)
    expect(await fault(`SELECT ${row}, nextval('${counter}') AS value`)).toContain(
      'only questions may be asked (25006',
    )
    const lifted = `SELECT ${row}, nextval('${counter}') AS value WHERE set_config('transaction_read_only', 'off', true) = 'off'`
    expect(await fault(lifted)).toMatch(/25001|25006/)
    await asOwner(server!, `DROP SEQUENCE ${counter}`)
  })

  test('a superuser is not used', async () => {
    const { user, password } = server!.settings
    const { source, ...rest } = subject(`SELECT ${row}, 1 AS value`)
    const mighty = { ...rest, source: { ...source, user }, secrets: { READER: password! } }
    expect((await endOf(readOnce(session(mighty)))).message).toContain(
      'user city is a superuser: give the source',
    )
  })

  test.each([
    ['SELECT * FROM nowhere', {}, 'no such table or view'],
    [`SELECT ${row}`, {}, 'the query has no column value; it has region, at'],
    [`SELECT ${row}, wrong AS value`, {}, 'no such column'],
    [`SELECT ${row}, 1/0 AS value`, {}, 'does not fit its type'],
    [`SELECT ${row}, 1 AS value; SELECT 1`, {}, 'more than one statement'],
    [`SELECT ${row}, 1 AS value`, { user: 'nobody' }, 'password is wrong'],
    [`SELECT ${row}, 1 AS value`, { tls: {} }, 'does not speak TLS'],
    [
      `SELECT ${row}, pg_sleep(20)::text AS value`,
      { limits: { timeoutMs: 300 } },
      'took too long and was stopped',
    ],
    [
      `SELECT ${row}, g AS value FROM generate_series(1, 30) g`,
      { limits: { maxRows: 20 } },
      'more than 20 rows',
    ],
    [`SELECT ${row}, repeat('9', 2000) AS value`, { limits: { maxBytes: 1_024 } }, 'lower limits.pageRows'],
  ])('%s %j: %s', async (query, settings, words) => {
    expect(await fault(query, settings)).toContain(words)
  })

  test('a table that is not granted and a server that is full are told apart', async () => {
    const secret = await table('secret', 'value int', `REVOKE ALL ON @ FROM ${server!.settings.readUser}`)
    expect(await fault(`SELECT ${row}, value FROM ${secret}`)).toContain('may not read this: grant it SELECT')
    const role = `${name}_full`
    await asOwner(server!, `CREATE ROLE ${role} LOGIN CONNECTION LIMIT 0 PASSWORD 'loopback-only-reader'`)
    expect(await fault(`SELECT ${row}, 1 AS value`, { user: role })).toContain('no connection left')
    await asOwner(server!, `DROP ROLE ${role}`)
  })

  test('told to stop in the middle of a long query it lets go at once, and the server soon', async () => {
    const mark = `${name}_slow`
    const control = new AbortController()
    const slow = subject(`SELECT ${row}, pg_sleep(8)::text AS value, '${mark}' AS mark`)
    const cut = readOnce(session(slow, undefined, control.signal)).catch((error: unknown) => error)
    const running = () =>
      ownerRows(
        server!,
        `SELECT 1 FROM pg_stat_activity WHERE application_name = 'citydeck' AND query LIKE '%${mark}%'`,
      )
    while ((await running()).length === 0) await pause(20)
    const toldAt = Date.now()
    control.abort()
    expect(await cut).toBe(control.signal.reason)
    expect(Date.now() - toldAt).toBeLessThan(1_000)
    while ((await running()).length > 0) await pause(50)
    expect(Date.now() - toldAt).toBeLessThan(4_000)
  })

  test('a source holds no more connections than it may, and none when it has read', async () => {
    const mark = `${name}_turns`
    const counted = `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND usename = '${server!.settings.readUser}'`
    const of = subject(`SELECT ${row}, (${counted}) AS value, pg_sleep(0.1)::text AS "${mark}"`, {
      connections: 1,
    })
    const [settings, mapping] = [v.parse(sql.settings, of.source), v.parse(sql.mapping, of.mapping)]
    const io = ioOf(of, AbortSignal.timeout(20_000))
    const values = await Promise.all(
      [1, 2, 3].map(async () => {
        for await (const page of sql.read(settings, mapping, window, io)) return page.readings[0]?.value
      }),
    )
    expect(Math.max(...values.map(Number))).toBeLessThanOrEqual(2)
  })

  test('many rows of one instant are read across pages once each, and a late commit is not missed', async () => {
    const changes = await table(
      'changes',
      'id bigint PRIMARY KEY, updated_at timestamptz NOT NULL, region text, at timestamptz, value numeric',
      `CREATE FUNCTION @_tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NOTIFY @; RETURN NULL; END $$`,
      'CREATE TRIGGER told AFTER INSERT ON @ FOR EACH STATEMENT EXECUTE FUNCTION @_tell()',
      "INSERT INTO @ SELECT n, '2026-08-06 00:00:00.123456Z', '220102', timestamptz '2026-08-06 00:00Z' + n * interval '1 minute', n FROM generate_series(1, 250) n",
    )
    const of = subject(
      `SELECT * FROM ${changes}`,
      { follow: { channel: changes, every: 'PT1H' }, limits: { pageRows: 100 } },
      { changes: { query: `SELECT * FROM ${changes}`, at: 'updated_at', id: 'id', overlap: 'PT10S' } },
    )
    const book = new ProtocolBook()
    await followUntil(session(of, book), () => book.stored.size >= 250)
    expect([book.stored.size, book.pages, book.repeated]).toEqual([250, 3, 0])
    const late = asOwnerSlowly(changes)
    await followUntil(session(of, book), () => book.stored.size >= 252)
    await late
    expect(book.stored.size).toBe(252)
  })

  /** A row dated before another one that was committed earlier. */
  async function asOwnerSlowly(changes: string): Promise<void> {
    const insert = (id: number, second: number) =>
      `INSERT INTO ${changes} VALUES (${id}, '2026-08-06 00:00:0${second}Z', '220103', timestamptz '2026-08-06 00:00Z' + ${id} * interval '1 minute', ${id})`
    await pause(300)
    await Promise.all([
      asOwner(server!, 'BEGIN', insert(300, 5), 'SELECT pg_sleep(0.6)', 'COMMIT'),
      pause(100).then(() => asOwner(server!, insert(301, 9))),
    ])
  }

  test('rows that say no time of their change are an error, not a silence', async () => {
    const query = `SELECT ${row}, 1 AS value, 1 AS id, NULL::timestamptz AS updated_at`
    const of = subject(query, {}, { changes: { query, at: 'updated_at', id: 'id' } })
    const { message } = await endOf(followUntil(session(of), () => false))
    expect(message).toContain('column updated_at is empty in some rows')
  })
})
