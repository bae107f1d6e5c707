import { describe, expect, test } from 'vitest'
import prometheus from '../../src/adapters/indicators/prometheus.ts'
import { ProtocolBook, endOf, readOnce } from '../conformance/protocol-book.ts'
import { protocolSuite } from '../conformance/protocol-suite.ts'
import { pause } from '../support/services/launch.ts'
import { service as prometheusServer } from '../support/services/prometheus.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import type { Running, Service } from '../support/services/service.ts'
import { service as victoriaServer } from '../support/services/victoria-metrics.ts'
import { basic, remoteWrite } from './support/remote-write.ts'

const servers: [Service, { poison: number[] }][] = [
  [prometheusServer, { poison: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] }],
  // Its storage takes NaN for "nothing here", so that one never comes back.
  [victoriaServer, { poison: [Number.POSITIVE_INFINITY] }],
]

const labelled = { region: { field: 'adcode' }, unit: 'ug/m3' }

function subjectOf(server: Running, mapping: object) {
  const auth = { kind: 'basic', user: server.settings.user!, passwordSecret: 'METRICS' }
  return {
    source: { baseUrl: server.address, auth },
    mapping,
    secrets: { METRICS: server.settings.password! },
  }
}

/** Both keep what they were told in memory for a while; only one can be asked to write it down. */
async function flushed(server: Running): Promise<void> {
  await fetch(`${server.address}/internal/force_flush`, { headers: { authorization: basic(server) } })
}

describe.each(servers)('$id', (service, { poison }) => {
  protocolSuite('prometheus', {
    service,
    adapter: prometheus,
    poison,
    subject: async (server, name) => ({
      // Prometheus repeats a sample for five minutes; asked for so, a point is there where a sample is.
      ...subjectOf(server, { query: `last_over_time(${name}[59s])`, step: 'PT1M', fields: labelled }),
      async seed(rows) {
        await remoteWrite(
          server,
          rows.map(({ region, at, value }) => ({
            labels: { __name__: name, adcode: region },
            at,
            value: value as number,
          })),
        )
        await flushed(server)
      },
      // VictoriaMetrics writes to the disk every five seconds; Prometheus has a log of what came.
      ...(service === victoriaServer ? { durable: () => pause(6_000) } : {}),
    }),
  })

  const server = runningService(service.id)
  describe.skipIf(!server)(`of its own${skipReason(service.id)}`, () => {
    const read = async (mapping: object, window: { from: string; to: string }, settings: object = {}) => {
      const subject = subjectOf(server!, mapping)
      const book = new ProtocolBook()
      const source = { ...subject.source, ...settings }
      const signal = AbortSignal.timeout(30_000)
      await readOnce({ adapter: prometheus, subject: { ...subject, source }, window, book, signal })
      return book
    }
    const day = { from: '2026-08-05T16:00:00Z', to: '2026-08-06T16:00:00Z' }

    test('a gap of more than five minutes stays one, and labels become dimensions', async () => {
      const name = `gap_${process.pid}_${service.id.replace('-', '_')}`
      const sample = (at: string, value: number) => ({
        labels: { __name__: name, adcode: '220102', station: 'S1' },
        at,
        value,
      })
      await remoteWrite(server!, [
        sample('2026-08-06T00:00:00Z', 1),
        sample('2026-08-06T00:01:00Z', 2),
        sample('2026-08-06T00:30:00Z', 3),
      ])
      await flushed(server!)
      const fields = { ...labelled, dims: { station: { field: 'station' } } }
      const book = await read({ query: name, step: 'PT1M', fields }, day)
      const minutes = [...book.stored.keys()].map((key) => key.slice(-13, -8))
      expect([...book.stored.keys()][0]).toContain('station=S1')
      expect(minutes.filter((minute) => minute > '00:06' && minute < '00:30')).toEqual([])
      expect(minutes).toContain('00:30')
    })

    test('days are the city’s, told at their end and kept as the day they speak of', async () => {
      const name = `days_${process.pid}_${service.id.replace('-', '_')}`
      const at = (hour: number) =>
        new Date(Date.parse('2026-08-05T16:30:00Z') + hour * 3_600_000).toISOString()
      const samples = Array.from({ length: 24 }, (_, hour) => ({
        labels: { __name__: name, adcode: '220100' },
        at: at(hour),
        value: hour,
      }))
      await remoteWrite(server!, samples)
      await flushed(server!)
      const query = `max_over_time(${name}[1d])`
      const mapping = { query, step: 'P1D', tells: 'step-before', fields: labelled }
      const book = await read(mapping, day)
      expect(book.told()).toEqual(['220100 2026-08-05T16:00:00.000Z = 23'])
    })

    test('a long window without a step is asked in a step that the server answers', async () => {
      const ends = { from: '2025-01-01T00:00:00Z', to: '2026-08-06T16:00:00Z' }
      const book = await read(
        { query: 'vector(1)', fields: { region: { const: '220100' }, unit: '1' } },
        ends,
      )
      expect(book.stored.size).toBeGreaterThan(1_000)
      expect(book.stored.size).toBeLessThanOrEqual(11_000)
      expect(book.pages).toBe(1)
    })

    test('a fine step over a long window is asked for in parts, each within what a server answers', async () => {
      const ends = { from: '2026-07-01T00:00:00Z', to: '2026-07-16T00:00:00Z' }
      const mapping = { query: 'vector(1)', step: 'PT1M', fields: { region: { const: '220100' }, unit: '1' } }
      const book = await read(mapping, ends)
      expect([book.stored.size, book.pages]).toEqual([15 * 1_440, 2])
    })

    test('what the server finds wrong is said in its words', async () => {
      const error = await endOf(read({ query: 'sum(', step: 'PT1H', fields: labelled }, day))
      expect(error.message).toMatch(/refused \(4\d\d\): (bad_data|422): .*(parse|unexpected|cannot)/)
    })

    test('more series than the cap is an error that says how to go on', async () => {
      const samples = ['220102', '220103', '220104'].map((adcode) => ({
        labels: { __name__: `cap_${process.pid}`, adcode },
        at: '2026-08-06T00:00:00Z',
        value: 1,
      }))
      await remoteWrite(server!, samples)
      await flushed(server!)
      const mapping = { query: `cap_${process.pid}`, step: 'PT1M', fields: labelled }
      const error = await endOf(read(mapping, day, { maxSeries: 2 }))
      expect(error.message).toContain('3 series, more than 2: aggregate in the query')
    })
  })
})
