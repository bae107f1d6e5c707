// @vitest-environment node
import { describe, expect, test } from 'vitest'
import ogcFeatures from '../../src/adapters/indicators/ogc-features.ts'
import { ProtocolBook, endOf, readOnce } from '../conformance/protocol-book.ts'
import { type ProtocolSubject, type SeedRow, protocolSuite, seedRows } from '../conformance/protocol-suite.ts'
import { service } from '../support/services/mapserver.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import type { Running } from '../support/services/service.ts'
import { writeMap } from './support/map-file.ts'

const fields = {
  region: { field: 'region' },
  time: { field: 'at', format: 'rfc3339' },
  value: { field: 'value' },
  unit: 'ug/m3',
}

function subjectOf(server: Running, name: string, how: 'ogc-api' | 'gml' | 'geojson'): ProtocolSubject {
  const told: SeedRow[] = []
  const api = how === 'ogc-api'
  const query: Record<string, string> = api ? { f: 'json' } : { map: name }
  if (how === 'geojson') query['outputFormat'] = 'geojson'
  const protocol = api ? 'ogc-api' : 'wfs'
  return {
    source: { baseUrl: `${server.address}/${name}`, service: protocol, query, pageSize: 500 },
    mapping: api
      ? { path: '/ogcapi/collections/stations', fields }
      : { path: '/', typeName: 'stations', fields },
    seed(rows) {
      told.push(...rows)
      writeMap(server.settings['folder']!, server.address, name, told)
      return Promise.resolve()
    },
  }
}

describe.each(['ogc-api', 'gml', 'geojson'] as const)('%s', (how) => {
  protocolSuite('ogc-features', {
    service,
    adapter: ogcFeatures,
    nulls: true,
    poison: ['NaN', '1e309', '1,23'],
    grouped: true,
    many: 1_100,
    subject: (server, name) => Promise.resolve(subjectOf(server, name, how)),
  })
})

const server = runningService(service.id)
describe.skipIf(!server)(`of its own${skipReason(service.id)}`, () => {
  const read = async (subject: ProtocolSubject, source: object = {}, mapping: object = {}) => {
    const book = new ProtocolBook()
    const window = { from: '2026-08-05T16:00:00Z', to: '2026-08-06T16:00:00Z' }
    await readOnce({
      adapter: ogcFeatures,
      subject: {
        source: { ...subject.source, ...source },
        mapping: { ...(subject.mapping as object), ...mapping },
      },
      window,
      book,
      signal: AbortSignal.timeout(20_000),
    })
    return book
  }

  test.each(['ogc-api', 'gml', 'geojson'] as const)(
    '%s: a place is read in the order the server means',
    async (how) => {
      const subject = subjectOf(server!, `place_${process.pid}_${how.replace('-', '_')}`, how)
      await subject.seed(seedRows(2))
      const byPlace = { fields: { ...fields, region: { field: '@region' } } }
      const book = await read(subject, { places: { '220102': [125.35, 43.86] }, withinKm: 1 }, byPlace)
      expect([...book.stored.values()].map(({ region }) => region)).toEqual(['220102', '220102'])
      const swapped = await read(subject, { places: { '220102': [125.35, 43.86] }, axes: 'swapped' }, byPlace)
      expect([swapped.stored.size, swapped.refusals.length]).toEqual([0, 2])
    },
  )

  test('an exception of the WFS is told in its own words', async () => {
    const subject = subjectOf(server!, `fault_${process.pid}`, 'gml')
    await subject.seed(seedRows(1))
    const fault = await endOf(read(subject, {}, { typeName: 'nothing' }))
    expect(fault.message).toMatch(/answered 400|doesn't exist in this server/)
  })
})
