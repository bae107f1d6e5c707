import { afterAll, beforeAll, expect, test } from 'vitest'
import sensorthings from '../../src/adapters/indicators/sensorthings.ts'
import { ProtocolBook, endOf, readOnce } from '../conformance/protocol-book.ts'
import { protocolSuite } from '../conformance/protocol-suite.ts'
import type { Running } from '../support/services/service.ts'
import {
  type SensorThingsFixture,
  fixtureToken,
  sensorThingsFixture,
} from './support/sensorthings-fixture.ts'

const fixtures = new Map<string, SensorThingsFixture>()

async function fixture(): Promise<SensorThingsFixture> {
  const made = await sensorThingsFixture()
  fixtures.set(made.running.address, made)
  return made
}

const regions = ['220102', '220103', '220104']

function subjectOf(server: Running, name: string, more: object = {}) {
  return {
    source: {
      baseUrl: `${server.address}/v1.1`,
      auth: { kind: 'bearer', tokenSecret: 'STA_TOKEN' },
      top: 500,
    },
    mapping: {
      datastreams: regions.map((region) => ({ id: `${name}-${region}`, region })),
      unit: 'ug/m3',
      unitOfMeasurement: { definition: 'ucum:ug/m3' },
      window: 'phenomenonTime',
      ...more,
    },
    secrets: { STA_TOKEN: fixtureToken },
  }
}

protocolSuite('sensorthings', {
  service: { id: 'a fixture written from OGC 18-088' },
  fixture,
  adapter: sensorthings,
  nulls: true,
  poison: ['NaN', '1,23', '1e999'],
  grouped: true,
  subject: async (server, name) => {
    const { datastreams } = fixtures.get(server.address)!
    for (const region of regions) datastreams.set(`${name}-${region}`, [])
    return {
      ...subjectOf(server, name),
      async seed(rows) {
        for (const { region, at, value } of rows)
          datastreams.get(`${name}-${region}`)!.push({ phenomenonTime: at, resultTime: null, result: value })
      },
    }
  },
})

let own: SensorThingsFixture
beforeAll(async () => {
  own = await fixture()
})
afterAll(() => own.stop())

const window = { from: '2026-08-06T00:00:00Z', to: '2026-08-06T02:00:00Z' }

async function read(more: object): Promise<ProtocolBook> {
  const book = new ProtocolBook()
  const subject = subjectOf(own.running, 'own', { datastreams: [{ id: 'own', region: '220100' }], ...more })
  await readOnce({ adapter: sensorthings, subject, window, book, signal: AbortSignal.timeout(10_000) })
  return book
}

test('an interval stands at its begin, and what was told late is found by when it was told', async () => {
  own.datastreams.set('own', [
    {
      phenomenonTime: '2026-08-06T00:00:00Z/2026-08-06T01:00:00Z',
      resultTime: '2026-08-06T01:02:00Z',
      result: 35,
    },
    { phenomenonTime: '2026-07-30T00:00:00Z', resultTime: '2026-08-06T01:30:00Z', result: 36 },
  ])
  expect((await read({})).told()).toEqual(['220100 2026-08-06T00:00:00.000Z = 35'])
  const late = await read({ window: 'resultTime' })
  expect(late.told()).toEqual([
    '220100 2026-07-30T00:00:00.000Z = 36',
    '220100 2026-08-06T00:00:00.000Z = 35',
  ])
  const [first] = [...late.stored.values()]
  expect(first?.resultTime).toBe('2026-08-06T01:30:00Z')
})

test('a datastream in another unit is an error of the configuration, and no figure', async () => {
  own.datastreams.set('own', [{ phenomenonTime: '2026-08-06T00:00:00Z', resultTime: null, result: 35 }])
  const error = await endOf(read({ unitOfMeasurement: { symbol: 'mg/m3' } }))
  expect(error.message).toContain('measures in symbol "µg/m3", the mapping says "mg/m3"')
})

test('what the service finds wrong is said in its words', async () => {
  const error = await endOf(read({ datastreams: [{ id: 'nowhere', region: '220100' }] }))
  expect(error.message).toContain('refused (404): nothing found')
})
