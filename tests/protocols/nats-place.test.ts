// @vitest-environment node
import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { type NatsConnection, connect } from '@nats-io/transport-node'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import nats from '../../src/adapters/indicators/nats.ts'
import type { Delivery } from '../../src/contracts/delivery.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import { ownIo } from './support/own-io.ts'

const server = runningService('nats')
const fields = {
  region: { const: '220102' },
  time: { field: '@arrival', format: 'rfc3339' },
  value: { field: '@payload' },
  unit: 'mm',
}

describe.skipIf(!server)(`our place in a stream of a NATS server${skipReason('nats')}`, () => {
  let connection: NatsConnection
  let manager: JetStreamManager
  let names = 0
  beforeAll(async () => {
    const { user = '', password = '' } = server!.settings
    connection = await connect({ servers: server!.address.slice(7), user, pass: password })
    manager = await jetstreamManager(connection)
  })
  afterAll(() => connection.close())

  async function stream(retention: 'limits' | 'workqueue' = 'limits') {
    const name = `place_${process.pid}_${(names += 1)}`
    await manager.streams.add({ name, subjects: [`${name}.*`], retention })
    const { user = '' } = server!.settings
    const settings = v.parse(nats.settings, {
      address: server!.address,
      stream: name,
      durable: 'deck',
      auth: { kind: 'password', user, passwordSecret: 'NATS' },
      ackWaitMs: 2_000,
    })
    const mapping = v.parse(nats.mapping, { subject: `${name}.rain`, payload: 'text', fields })
    const publish = async (from: number, to: number) => {
      for (let value = from; value <= to; value += 1)
        await jetstream(connection).publish(`${name}.rain`, String(value))
    }
    return { name, settings, mapping, publish }
  }
  type Stream = Awaited<ReturnType<typeof stream>>

  const opened = ({ settings }: Stream) => ownIo(settings, '/', { NATS: server!.settings['password']! })

  /** Follows until that many values came; `durable` asks for the next delivery, which acknowledges the last. */
  async function take(source: Stream, cursor: string | undefined, count: number, durable = true) {
    const { io, stop } = opened(source)
    const feeds = [{ key: 'k', mapping: source.mapping }]
    const values: (number | null)[] = []
    const reasons: string[] = []
    let last: Delivery | undefined
    for await (const delivery of nats.follow!(source.settings, feeds, cursor, io)) {
      last = delivery
      for (const page of delivery.pages) {
        values.push(...page.readings.map(({ value }) => value))
        reasons.push(...page.refusals.map(({ reason }) => reason))
      }
      if (values.length < count) continue
      if (!durable) break
      setTimeout(() => stop.abort(), 100)
      durable = false
    }
    return { values, reasons, cursor: last?.cursor }
  }
  const settled = (source: Stream, cursor: string | undefined, count: number) =>
    take(source, cursor, count).catch((cause: unknown) => {
      if (!(cause instanceof Error && cause.name === 'AbortError')) throw cause
      return undefined
    })

  it('is taken again in order after a delivery that never became durable', async () => {
    const source = await stream()
    await source.publish(1, 30)
    expect((await take(source, undefined, 30, false)).values).toHaveLength(30)
    await source.publish(31, 40)
    const { values } = await take(source, undefined, 40, false)
    expect(values).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  })

  it('goes on behind the cursor, whatever the server believes', async () => {
    const source = await stream()
    await source.publish(1, 20)
    expect((await take(source, undefined, 20, false)).cursor).toBe('20')
    await source.publish(21, 25)
    expect((await take(source, '20', 5, false)).values).toEqual([21, 22, 23, 24, 25])
  })

  it('acknowledges once the next delivery is asked for', async () => {
    const source = await stream()
    await source.publish(1, 12)
    await settled(source, undefined, 12)
    const { ack_floor: floor } = await manager.consumers.info(source.name, 'deck')
    expect(floor.stream_seq).toBe(12)
  })

  it('tells of what the stream had given up by then', async () => {
    const source = await stream()
    await source.publish(1, 20)
    await manager.streams.purge(source.name, { seq: 16 })
    const { values, reasons } = await take(source, '10', 5, false)
    expect(values).toEqual([16, 17, 18, 19, 20])
    expect(reasons).toEqual(['the stream no longer had 11 to 15 when they were asked for'])
  })

  it('tells of a stream that was begun anew, and reads it from its beginning', async () => {
    const source = await stream()
    await source.publish(1, 3)
    const { values, reasons } = await take(source, '900', 3, false)
    expect([values, reasons]).toEqual([[1, 2, 3], ['the stream was begun anew: what came after 900 is lost']])
  })

  it('is left where the stream keeps messages for us: nothing is lost with it', async () => {
    const source = await stream('workqueue')
    await source.publish(1, 5)
    await settled(source, undefined, 5)
    await source.publish(6, 8)
    // One of them may have gone to the connection that has just ended: then it comes again after the others.
    const { values } = await take(source, '5', 3, false)
    expect([values.length, new Set(values)]).toEqual([3, new Set([6, 7, 8])])
  })

  it('is not touched by a read of the past', async () => {
    const source = await stream()
    await source.publish(1, 1_200)
    const { io } = opened(source)
    const window = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }
    const pages = []
    for await (const page of nats.read(source.settings, source.mapping, window, io)) pages.push(page)
    expect(pages.map(({ readings }) => readings.length)).toEqual([500, 500, 200])
    await expect(manager.consumers.info(source.name, 'deck')).rejects.toThrow('not found')
    expect((await take(source, undefined, 1_200, false)).values).toHaveLength(1_200)
  })

  it('says what is not there', async () => {
    const source = await stream()
    const settings = { ...source.settings, stream: 'nowhere' }
    const { io } = opened(source)
    await expect(nats.probe(settings, io)).resolves.toMatchObject({
      reachable: false,
      detail: `${server!.address} has no stream of that name: check stream`,
    })
    await expect(nats.probe(source.settings, io)).resolves.toMatchObject({ reachable: true })
  })
})
