import { describe, expect, test } from 'vitest'
import clickhouse from '../../src/adapters/indicators/clickhouse.ts'
import { ProtocolBook, endOf, readOnce } from '../conformance/protocol-book.ts'
import { protocolSuite } from '../conformance/protocol-suite.ts'
import { service } from '../support/services/clickhouse.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import type { Running } from '../support/services/service.ts'

const fields = {
  region: { field: 'adcode' },
  time: { field: 'at', format: 'epoch-s' },
  value: { field: 'v' },
  unit: 'ug/m3',
}

function subjectOf(server: Running, query: string, more: object = {}) {
  return {
    source: { baseUrl: server.address, user: server.settings.readUser, passwordSecret: 'CLICKHOUSE' },
    mapping: { query, fields, ...more },
    secrets: { CLICKHOUSE: server.settings.readPassword! },
  }
}

async function run(server: Running, statement: string): Promise<void> {
  const { user, password } = server.settings
  const answer = await fetch(server.address, {
    method: 'POST',
    headers: { 'x-clickhouse-user': user!, 'x-clickhouse-key': password! },
    body: statement,
  })
  if (!answer.ok) throw new Error(`ClickHouse: ${answer.status} ${await answer.text()}`)
}

const within = 'at >= toDateTime({from}) AND at < toDateTime({to})'

/** A table of numbers, or of text for what no number can be. */
async function tableFor(server: Running, name: string, type: string): Promise<void> {
  const columns = `adcode String, at DateTime('UTC'), v ${type}, written DateTime DEFAULT now()`
  await run(
    server,
    `CREATE TABLE IF NOT EXISTS ${name} (${columns}) ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY (adcode, at)`,
  )
}

async function insert(server: Running, table: string, rows: readonly string[]): Promise<void> {
  await run(server, `INSERT INTO ${table} (adcode, at, v) VALUES ${rows.join(', ')}`)
}

protocolSuite('clickhouse', {
  service,
  adapter: clickhouse,
  nulls: true,
  poison: ['NaN', '1,23', '1e999', 'n/a'],
  grouped: true,
  subject: async (server, name) => {
    await tableFor(server, name, 'Nullable(String)')
    const query = `SELECT adcode, toUnixTimestamp(at) AS at, v FROM ${name} WHERE ${within} ORDER BY at`
    return {
      ...subjectOf(server, query, { span: 'P1D' }),
      async seed(rows) {
        const literal = (value: string | number | null) => (value === null ? 'NULL' : `'${String(value)}'`)
        await insert(
          server,
          name,
          rows.map(({ region, at, value }) => `('${region}', ${Date.parse(at) / 1_000}, ${literal(value)})`),
        )
      },
    }
  },
})

const server = runningService(service.id)
describe.skipIf(!server)(`clickhouse${skipReason(service.id)}`, () => {
  const window = { from: '2026-08-05T16:00:00Z', to: '2026-08-07T16:00:00Z' }
  const read = async (query: string, more?: object, settings?: object) => {
    const subject = subjectOf(server!, query, more)
    const source = { ...subject.source, ...settings }
    const book = new ProtocolBook()
    const signal = AbortSignal.timeout(30_000)
    await readOnce({ adapter: clickhouse, subject: { ...subject, source }, window, book, signal })
    return book
  }
  const constant = (value: string) =>
    `SELECT '220100' AS adcode, toUInt32({from}) AS at, ${value} AS v WHERE {from} < {to}`

  test('a number that is none is refused, not read as missing', async () => {
    for (const value of ['0/0', '1/0', '-1/0']) {
      const book = await read(constant(value))
      expect([book.stored.size, book.refusals.length], value).toEqual([0, 1])
    }
  })

  test('integers of 64 bits come as text and are read exactly, or refused', async () => {
    expect((await read(constant('toInt64(9007199254740991)'))).told()).toEqual([
      '220100 2026-08-05T16:00:00.000Z = 9007199254740991',
    ])
    expect((await read(constant('toUInt64(18446744073709551615)'))).refusals[0]?.reason).toContain('exact')
  })

  test('an exception after the first rows, inside a body of status 200, is an error', async () => {
    const query = `SELECT '220100' AS adcode, toUInt32({from} + number % ({to} - {from})) AS at, throwIf(number = 300000) AS v FROM system.numbers LIMIT 400000`
    const limits = { maxBytes: 100_000_000, maxRows: 1_000_000 }
    const late = await endOf(read(query, {}, { waitForEnd: false, limits }))
    expect(late.message).toMatch(/: exception 395, DB::Exception: Value passed to 'throwIf'/)
    expect(late.message).not.toContain('refused')
    const waited = await endOf(read(query, {}, { waitForEnd: true, limits }))
    expect(waited.message).toMatch(/refused \(\d+\): exception 395/)
  })

  test('a wrong table or column is said in the server’s words, and a wrong field in ours', async () => {
    expect((await endOf(read(`SELECT nope FROM nowhere WHERE {from} < {to}`))).message).toMatch(
      /refused \(404\): exception 60, DB::Exception: Table/,
    )
    const query = constant('1').replace('AS v', 'AS w')
    expect((await endOf(read(query))).message).toContain('"v" is no column of the answer')
  })

  test('the user of a source cannot write, and a mapping cannot ask for it', async () => {
    const parsed = clickhouse.mapping['~run'](
      { value: { query: 'INSERT INTO t SELECT {from}, {to}', fields } },
      {},
    )
    expect(parsed.issues?.length).toBeGreaterThan(0)
  })
})
