import { afterAll, describe, expect, test } from 'vitest'
import sql from '../../src/adapters/indicators/sql.ts'
import { ProtocolBook, type Subject, endOf, readOnce } from '../conformance/protocol-book.ts'
import { pause } from '../support/services/launch.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import { asOwner, ownerRows, sqlFields, sqlSecrets, sqlSource } from './support/sql-subjects.ts'

const server = runningService('mariadb')
const window = { from: '2026-08-05T16:00:00Z', to: '2026-08-06T16:00:00Z' }
const name = `own_${process.pid}`
const tables: string[] = []

describe.skipIf(!server)(`MariaDB${skipReason('mariadb')}`, () => {
  afterAll(() => asOwner(server!, ...tables.map((made) => `DROP TABLE IF EXISTS ${made}`)))

  async function table(suffix: string, columns: string, ...more: string[]): Promise<string> {
    const made = `${name}_${suffix}`
    tables.push(made)
    const texts = more.map((text) => text.replaceAll('@', made))
    await asOwner(server!, "SET time_zone = '+00:00'", `CREATE TABLE ${made} (${columns})`, ...texts)
    return made
  }
  const subject = (query: string, settings: object = {}): Subject => ({
    source: sqlSource(server!, settings),
    mapping: { query, fields: sqlFields },
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

  test('a TIMESTAMP is an instant, a DATETIME the declared zone’s, in rows and in the window', async () => {
    const times = await table(
      'times',
      'region varchar(9), at datetime, stamp timestamp(6) NULL, value double',
      "INSERT INTO @ VALUES ('220102', '2026-08-06 00:00', '2026-08-05 16:00', 1), ('220102', '2026-08-06 23:59', '2026-08-06 15:59', 2), ('220102', '2026-08-07 00:00', '2026-08-06 16:00', 3)",
    )
    const walls = `SELECT region, at, value FROM ${times} WHERE at >= :from AND at < :to`
    const stamps = `SELECT region, stamp AS at, value FROM ${times} WHERE stamp >= :from AND stamp < :to`
    const told = ['220102 2026-08-05T16:00:00.000Z = 1', '220102 2026-08-06T15:59:00.000Z = 2']
    const zone = { timeZone: 'Asia/Shanghai' }
    expect(await fault(walls)).toContain('column at holds times without a zone')
    expect((await read(walls, zone)).told()).toEqual(told)
    expect((await read(stamps)).told()).toEqual(told)
    expect((await read(stamps, zone)).told()).toEqual(told)
  })

  test('numbers keep their digits: FLOAT shows no dust, BIGINT and DECIMAL come whole', async () => {
    const numbers = await table(
      'numbers',
      'at timestamp, region varchar(9), f float, d decimal(30,10), b bigint',
      "INSERT INTO @ VALUES ('2026-08-06 00:00', '220102', 23.4, 12345678901234567890.0123456789, 9007199254740993)",
    )
    const book = await read(`SELECT at, region, f AS value, d, b FROM ${numbers}`)
    const [reading] = [...book.stored.values()]
    expect(reading!.value).toBe(23.4)
    expect(JSON.parse(reading!.lineage.record!.text)).toMatchObject({
      d: '12345678901234567890.0123456789',
      b: '9007199254740993',
    })
  })

  test('a geometry is told in degrees where its system is known', async () => {
    const places = await table(
      'places',
      'at timestamp, region varchar(9), value int, g point',
      "INSERT INTO @ VALUES ('2026-08-06 00:00', '220102', 1, ST_GeomFromText('POINT(125.3 43.9)'))",
    )
    const query = `SELECT * FROM ${places}`
    expect((await read(query)).refusals[0]?.reason).toContain(
      'column g: a geometry with no coordinate system',
    )
    const [reading] = [...(await read(query, { srid: 4490 })).stored.values()]
    expect(JSON.parse(reading!.lineage.record!.text)).toMatchObject({
      g: { type: 'Point', coordinates: [125.3, 43.9] },
    })
  })

  const row = "'220102' AS region, '2026-08-06T00:00:00Z' AS at"
  test.each([
    ['SELECT * FROM nowhere', {}, /may not read this|no such table/],
    [`SELECT ${row}`, {}, /the query has no column value; it has region, at/],
    [`SELECT ${row}, wrong AS value`, {}, /no such column/],
    [`SELECT ${row}, 1 AS value, 2 AS value`, {}, /two columns of the query have one name/],
    [`SELECT ${row}, 1 AS value INTO OUTFILE '/tmp/x'`, {}, /INTO is no part of a question/],
    [
      `SELECT ${row}, LOAD_FILE('/etc/passwd') IS NOT NULL, SLEEP(20) AS value`,
      { limits: { timeoutMs: 300 } },
      /took too long/,
    ],
    [`SELECT ${row}, 1 AS value`, { user: 'nobody' }, /not let in/],
    [`SELECT ${row}, 1 AS value`, { tls: {} }, /does not speak TLS/],
    [`SELECT ${row}, 1 AS value`, { timeZone: 'Europe/Berlin' }, /load its time zone tables/],
    [`SELECT ${row}, seq AS value FROM seq_1_to_30`, { limits: { maxRows: 20 } }, /more than 20 rows/],
  ])('%s %j: %s', async (query, settings, words) => {
    expect(await fault(query, settings)).toMatch(words)
  })

  test('nothing can be written, not even by a function that may', async () => {
    const log = await table('log', 'n int')
    const writes = `${name}_writes`
    const reader = `'${server!.settings.readUser}'@'127.0.0.1'`
    await asOwner(
      server!,
      `CREATE FUNCTION ${writes}() RETURNS int BEGIN INSERT INTO ${log} VALUES (1); RETURN 1; END`,
      `GRANT EXECUTE ON FUNCTION ${writes} TO ${reader}`,
    )
    expect(await fault(`SELECT ${row}, ${writes}() AS value`)).toContain('only questions may be asked (25006')
    expect(await ownerRows(server!, `SELECT * FROM ${log}`)).toEqual([])
    await asOwner(server!, `REVOKE EXECUTE ON FUNCTION ${writes} FROM ${reader}`, `DROP FUNCTION ${writes}`)
  })

  test('told to stop in the middle of a long query it lets go at once, and the server within its limit', async () => {
    const control = new AbortController()
    const slow = `SELECT ${row}, SLEEP(0.01) + seq AS value FROM seq_1_to_3000`
    const of = subject(slow, { limits: { timeoutMs: 1_500 } })
    const cut = readOnce(session(of, undefined, control.signal)).catch((error: unknown) => error)
    // A user sees the queries of its own name only.
    const { readUser, readPassword } = server!.settings
    const settings = { ...server!.settings, user: readUser!, password: readPassword! }
    const running = () =>
      ownerRows(
        { ...server!, settings },
        "SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE '%seq_1_to_3000%' AND INFO NOT LIKE '%PROCESSLIST%'",
      )
    while ((await running()).length === 0) await pause(20)
    const toldAt = Date.now()
    control.abort()
    expect(await cut).toBe(control.signal.reason)
    expect(Date.now() - toldAt).toBeLessThan(1_000)
    while ((await running()).length > 0) await pause(50)
    expect(Date.now() - toldAt).toBeLessThan(4_000)
  })
})
