import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import sdmx from '../../src/adapters/indicators/sdmx.ts'
import { ProtocolBook, endOf, readOnce } from '../conformance/protocol-book.ts'
import { type SdmxFixture, fixtureToken, mostObservations, sdmxFixture } from './support/sdmx-fixture.ts'

let server: SdmxFixture
beforeEach(async () => {
  server = await sdmxFixture()
})
afterEach(() => server.stop())

const window = { from: '2015-12-31T16:00:00Z', to: '2026-07-31T16:00:00Z' }

async function read(settings: object = {}, more: object = {}, token = fixtureToken): Promise<ProtocolBook> {
  const book = new ProtocolBook()
  const source = {
    baseUrl: server.running.address,
    auth: { kind: 'bearer', tokenSecret: 'SDMX_TOKEN' },
    ...settings,
  }
  const mapping = {
    data: 'dataflow/CITY/RETAIL/1.0/M.*',
    frequency: 'M',
    fields: { region: { field: 'REF_AREA' }, unit: 'CNY' },
    ...more,
  }
  const subject = { source, mapping, secrets: { SDMX_TOKEN: token } }
  await readOnce({ adapter: sdmx, subject, window, book, signal: AbortSignal.timeout(10_000) })
  return book
}

/** Eleven years of two districts: more than one answer holds. */
function manyMonths(): string[] {
  const told: string[] = []
  for (let month = 0; month < 126; month += 1)
    for (const region of ['220102', '220103']) {
      const label = `${2016 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
      const updatedAt = '2026-07-01T00:00:00Z'
      server.observations.push({
        REF_AREA: region,
        TIME_PERIOD: label,
        OBS_VALUE: String(month + 1),
        UNIT_MULT: '8',
        updatedAt,
      })
      told.push(`${region} ${label} = ${(month + 1) * 1e8}`)
    }
  return told.toSorted()
}

describe.each(['csv', 'json'] as const)('SDMX-%s', (format) => {
  test('an answer too large is asked for in halves until it fits: nothing is lost or doubled', async () => {
    const told = manyMonths()
    const book = await read({ format })
    expect(book.told()).toEqual(told)
    expect(book.repeated).toBe(0)
    const statuses = server.asked.map(({ status }) => status)
    expect(statuses.filter((status) => status === 413).length).toBeGreaterThan(2)
    expect(book.longest).toBeLessThanOrEqual(mostObservations)
  })

  test('a power of ten is applied, a status kept, and what is missing is null', async () => {
    const updatedAt = '2026-07-01T00:00:00Z'
    const common = { REF_AREA: '220100', updatedAt }
    server.observations.push(
      { ...common, TIME_PERIOD: '2026-03', OBS_VALUE: '12.5', OBS_STATUS: 'P', UNIT_MULT: '8' },
      { ...common, TIME_PERIOD: '2026-04', OBS_VALUE: '', OBS_STATUS: 'O' },
    )
    const book = await read({ format })
    const found = [...book.stored.values()].map(({ at, value, status }) => ({ at, value, status }))
    expect(found).toEqual([
      { at: { label: '2026-03' }, value: 1_250_000_000, status: 'P' },
      { at: { label: '2026-04' }, value: null, status: 'M' },
    ])
  })
})

test('by updatedAfter an old period that was revised is found, and one that was deleted is missing', async () => {
  const updatedAt = '2026-07-20T00:00:00Z'
  server.observations.push(
    { REF_AREA: '220100', TIME_PERIOD: '2009-03', OBS_VALUE: '7', updatedAt },
    { REF_AREA: '220100', TIME_PERIOD: '2009-04', OBS_VALUE: '8', ACTION: 'D', updatedAt },
    { REF_AREA: '220100', TIME_PERIOD: '2026-01', OBS_VALUE: '9', updatedAt: '2010-01-01T00:00:00Z' },
  )
  expect((await read({}, { window: 'updatedAfter' })).told()).toEqual([
    '220100 2009-03 = 7',
    '220100 2009-04 = null',
  ])
  expect((await read()).told()).toEqual(['220100 2026-01 = 9'])
})

test('nothing found is no error, a wrong address is one', async () => {
  expect((await read()).stored.size).toBe(0)
  const error = await endOf(read({}, { data: 'dataflow/CITY/NOWHERE/1.0/M.*' }))
  expect(error.message).toContain('answered 404')
})

test.each(['NaN', '1,23', '1e999', 'n/a'])('refuses %s and reads on', async (poison) => {
  const common = { REF_AREA: '220100', updatedAt: '2026-07-01T00:00:00Z' }
  server.observations.push(
    { ...common, TIME_PERIOD: '2026-03', OBS_VALUE: poison.includes(',') ? `"${poison}"` : poison },
    { ...common, TIME_PERIOD: '2026-04', OBS_VALUE: '5' },
  )
  const book = await read()
  expect([book.told(), book.refusals.length]).toEqual([['220100 2026-04 = 5'], 1])
})

test('more than one period can hold is an error that says what to narrow', async () => {
  for (let number = 0; number <= mostObservations; number += 1)
    server.observations.push({
      REF_AREA: String(220_100 + number),
      TIME_PERIOD: '2026-03',
      OBS_VALUE: '1',
      updatedAt: '2026-07-01T00:00:00Z',
    })
  expect((await endOf(read())).message).toContain('narrow the key in mapping.data')
})

test('broken off in the middle, the rest is there when the service is', async () => {
  const told = manyMonths()
  await server.kill()
  expect((await endOf(read())).message).toContain('did not answer')
  await server.restart()
  expect((await read()).told()).toEqual(told)
})

test('a wrong token is told of without the token', async () => {
  const error = await endOf(read({}, {}, 'wrong-and-never-told'))
  expect(error.message).toContain('not let in (401)')
  expect(error.message).not.toContain('wrong-and-never-told')
})
