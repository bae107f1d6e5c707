import { describe, expect, test } from 'vitest'
import influx from '../../src/adapters/indicators/influx.ts'
import { ProtocolBook, endOf, readOnce } from '../conformance/protocol-book.ts'
import { protocolSuite } from '../conformance/protocol-suite.ts'
import { service } from '../support/services/influx.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import type { Running } from '../support/services/service.ts'

function subjectOf(server: Running, query: string, more: object = {}) {
  const { user, password, database } = server.settings
  return {
    source: {
      baseUrl: server.address,
      auth: { kind: 'basic', user, passwordSecret: 'INFLUX' },
      database,
      chunkSize: 100,
    },
    mapping: { query, fields: { region: { field: 'adcode' }, unit: 'ug/m3' }, ...more },
    secrets: { INFLUX: password! },
  }
}

/** Line protocol: measurement,tags fields time. */
async function write(server: Running, lines: readonly string[]): Promise<void> {
  const { user, password, database } = server.settings
  const answer = await fetch(`${server.address}/write?db=${database}&precision=ms`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    body: lines.join('\n'),
  })
  if (answer.status !== 204) throw new Error(`InfluxDB: ${answer.status} ${await answer.text()}`)
}

protocolSuite('influx', {
  service,
  adapter: influx,
  // As a text field: InfluxDB keeps no NaN in a number.
  poison: ['NaN', '1,23', '1e999', 'n/a'],
  grouped: true,
  subject: async (server, name) => ({
    ...subjectOf(server, `SELECT "value" FROM "${name}" WHERE {window} GROUP BY "adcode"`),
    async seed(rows) {
      const lines = rows.map(
        ({ region, at, value }) => `${name},adcode=${region} value="${value}" ${Date.parse(at)}`,
      )
      await write(server, lines)
    },
  }),
})

const server = runningService(service.id)
describe.skipIf(!server)(`influx${skipReason(service.id)}`, () => {
  const name = (use: string) => `${use}_${process.pid}`
  const read = async (
    query: string,
    window: { from: string; to: string },
    more?: object,
    settings?: object,
  ) => {
    const subject = subjectOf(server!, query, more)
    const source = { ...subject.source, ...settings }
    const book = new ProtocolBook()
    const signal = AbortSignal.timeout(30_000)
    await readOnce({ adapter: influx, subject: { ...subject, source }, window, book, signal })
    return book
  }
  const days = { from: '2026-08-05T16:00:00Z', to: '2026-08-07T16:00:00Z' }

  test('days are cut at the city’s midnight', async () => {
    const at = (text: string) => Date.parse(text)
    await write(server!, [
      `${name('days')},adcode=220100 value=1 ${at('2026-08-06T00:30:00+08:00')}`,
      `${name('days')},adcode=220100 value=3 ${at('2026-08-06T23:30:00+08:00')}`,
      `${name('days')},adcode=220100 value=10 ${at('2026-08-07T00:30:00+08:00')}`,
    ])
    const query = `SELECT mean("value") AS "value" FROM "${name('days')}" WHERE {window} GROUP BY time(1d), "adcode"`
    expect((await read(query, days)).told()).toEqual([
      '220100 2026-08-05T16:00:00.000Z = 2',
      '220100 2026-08-06T16:00:00.000Z = 10',
    ])
  })

  test('an hour without a point is missing, never 0, and left out where the mapping says so', async () => {
    const points = [0, 2].map(
      (hour) =>
        `${name('gap')},adcode=220100 value=${hour + 1} ${Date.parse('2026-08-06T00:10:00Z') + hour * 3_600_000}`,
    )
    await write(server!, points)
    const query = `SELECT mean("value") AS "value" FROM "${name('gap')}" WHERE {window} GROUP BY time(1h), "adcode"`
    const hours = { from: '2026-08-06T00:00:00Z', to: '2026-08-06T03:00:00Z' }
    const values = (book: ProtocolBook) =>
      [...book.stored.values()].map(({ value, status }) => [value, status])
    expect(values(await read(query, hours))).toEqual([
      [1, undefined],
      [null, 'M'],
      [3, undefined],
    ])
    expect(values(await read(query, hours, { nulls: 'left-out' }))).toEqual([
      [1, undefined],
      [3, undefined],
    ])
  })

  test('what the server finds wrong inside a good answer, or with a bad status, is said in its words', async () => {
    const query = 'SELECT "value" FROM "m" WHERE {window}'
    expect((await endOf(read(query, days, {}, { database: 'nope' }))).message).toContain(
      'refused: "database not found: nope"',
    )
    expect((await endOf(read('SELECT value FROM WHERE {window}', days))).message).toMatch(
      /refused \(400\): error parsing query/,
    )
  })

  test('a name that is neither column nor tag is an error, not a missing value', async () => {
    await write(server!, [`${name('names')},adcode=220100 speed=1 ${Date.parse('2026-08-06T00:00:00Z')}`])
    const query = `SELECT "speed" FROM "${name('names')}" WHERE {window} GROUP BY "adcode"`
    expect((await endOf(read(query, days))).message).toContain('"value" is neither a column nor a tag')
  })
})
