// @vitest-environment node
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import kafka from '../../src/adapters/indicators/kafka.ts'
import type { Delivery } from '../../src/contracts/delivery.ts'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import { FakeKafka } from './support/fake-kafka.ts'
import { ownIo } from './support/own-io.ts'

// A fixture of the standard client's surface stands in: there is no Kafka here. The contract is tested, no broker is.
vi.mock('../../src/adapters/wire/kafka-library.ts', () => ({
  kafkaLibrary: async () => ({ Kafka: FakeKafka, logLevel: { NOTHING: 0 } }),
}))

const settings = v.parse(kafka.settings, {
  brokers: ['kafka://127.0.0.1:9092'],
  groupId: 'deck',
  auth: { mechanism: 'scram-sha-256', user: 'deck', passwordSecret: 'KAFKA' },
})
const mapping = v.parse(kafka.mapping, {
  topic: 'rain',
  fields: {
    region: { field: '@key' },
    time: { field: '$.at', format: 'rfc3339' },
    value: { field: '$.value' },
    unit: 'mm',
  },
})
const at = '2026-08-06T06:32:00Z'

let cluster: typeof FakeKafka.cluster
beforeEach(() => {
  cluster = FakeKafka.fresh()
})

function start() {
  const own = ownIo(settings, '/', { KAFKA: 'hush-hush' })
  const deliveries = kafka.follow!(settings, [{ key: 'k', mapping }], undefined, own.io)
  opened.push(own)
  return { own, deliveries: deliveries[Symbol.asyncIterator]() }
}
const opened: ReturnType<typeof ownIo>[] = []
afterEach(() => {
  for (const { stop } of opened.splice(0)) stop.abort()
})
const valuesOf = ({ value }: IteratorResult<Delivery>) =>
  (value as Delivery).pages.flatMap(({ readings }) => readings.map(({ value: figure }) => figure))

describe('a topic', () => {
  it('is read as it comes; the offset is committed only when the next delivery is asked for', async () => {
    cluster.send(0, '220102', [
      { at, value: 1 },
      { at, value: 'NaN' },
      { at, value: '1,234' },
    ])
    const { deliveries } = start()
    const first = await deliveries.next()
    expect(valuesOf(first)).toEqual([1, 1_234])
    const [page] = (first.value as Delivery).pages
    expect(page?.refusals).toHaveLength(1)
    expect(page?.readings[0]).toMatchObject({
      region: '220102',
      lineage: { request: 'topic rain of group deck', record: { place: 'rain/0 0' } },
    })
    expect(cluster.committed).toEqual({})
    const second = deliveries.next()
    cluster.send(0, '220102', [{ at, value: 4 }])
    expect(valuesOf(await second)).toEqual([4])
    expect(cluster.committed).toEqual({ 'rain/0': '3' })
  })

  it('comes again from the last durable message when we were killed in between', async () => {
    cluster.send(0, '220102', [{ at, value: 1 }])
    const { deliveries } = start()
    await deliveries.next()
    const second = deliveries.next()
    cluster.send(0, '220102', [{ at, value: 2 }])
    expect(valuesOf(await second)).toEqual([2])
    // Nothing is asked for any more: 2 has not become durable.
    cluster.cut()
    expect(valuesOf(await start().deliveries.next())).toEqual([2])
  })

  it('holds each partition’s place by itself', async () => {
    cluster.send(0, '220102', [{ at, value: 1 }])
    cluster.send(1, '220103', [
      { at, value: 2 },
      { at, value: 3 },
    ])
    const { deliveries } = start()
    const seen = valuesOf(await deliveries.next())
    void deliveries.next().catch(() => undefined)
    await vi.waitFor(() => expect(Object.keys(cluster.committed)).toHaveLength(2))
    expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual([1, 2, 3])
    expect(cluster.committed).toEqual({ 'rain/0': '1', 'rain/1': '2' })
  })

  it('passes over what was taken away, and still commits behind it', async () => {
    cluster.send(0, '220102', [null])
    const { deliveries } = start()
    void deliveries
      .next()
      .then(() => deliveries.next())
      .catch(() => undefined)
    await vi.waitFor(() => expect(cluster.committed).toEqual({ 'rain/0': '1' }))
  })
})

describe('what goes wrong', () => {
  it('is told without the secret', async () => {
    cluster.fault = Object.assign(new Error('hush-hush is wrong'), { name: 'KafkaJSSASLAuthenticationError' })
    const cause: unknown = await start()
      .deliveries.next()
      .catch((error: unknown) => error)
    expect(cause).toBeInstanceOf(SourceError)
    expect(String(cause)).toContain('check user')
    expect(String(cause)).not.toContain('hush')
    await expect(kafka.probe(settings, opened[0]!.io)).resolves.toMatchObject({ reachable: false })
  })

  it('ends the deliveries when the client gives up', async () => {
    const waiting = start().deliveries.next()
    await vi.waitFor(() => expect(cluster.members).toBe(1))
    cluster.crash(new Error('no broker answers'))
    await expect(waiting).rejects.toThrow('kafka://127.0.0.1:9092: no broker answers')
  })

  it('stops when it is told to, and leaves the group', async () => {
    const { deliveries, own } = start()
    const waiting = deliveries.next()
    await vi.waitFor(() => expect(cluster.members).toBe(1))
    own.stop.abort()
    await expect(waiting).rejects.toThrow(/abort/i)
    expect(cluster.members).toBe(0)
  })

  it('says how to get the client where it is not installed', async () => {
    const { kafkaLibrary } = await vi.importActual<{ kafkaLibrary(): Promise<unknown> }>(
      '../../src/adapters/wire/kafka-library.ts',
    )
    await expect(kafkaLibrary()).rejects.toThrow('npm install kafkajs')
  })

  it('refuses a broker that the settings do not name', async () => {
    const own = ownIo(settings, '/', { KAFKA: 'hush-hush' })
    await kafka.probe(settings, own.io)
    const ask = { port: 9_093, onConnect: () => undefined }
    expect(() => cluster.socketFactory({ host: '10.0.0.9', ...ask })).toThrow('not among this source')
  })
})
