// @vitest-environment node
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import push from '../../src/adapters/indicators/push.ts'
import type { Delivery } from '../../src/contracts/delivery.ts'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import { type OwnIo, ownIo } from './support/own-io.ts'
import { PushServer } from './support/push-server.ts'

// A fixture of the standard stands in: Debian has no such server. Not verified against a real one.

let server: PushServer
let opened: OwnIo[]
beforeEach(async () => {
  opened = []
  server = new PushServer()
  await server.start()
})
afterEach(async () => {
  for (const { stop } of opened) stop.abort()
  await server.cut()
})

const addresses = {
  sse: () => ({ transport: 'sse', baseUrl: `http://${server.origin}`, path: '/events', counted: true }),
  websocket: () => ({ transport: 'websocket', address: `ws://${server.origin}/socket` }),
}
const mapping = v.parse(push.mapping, {
  fields: {
    region: { const: '220102' },
    time: { field: '$.at', format: 'rfc3339' },
    value: { field: '$.value' },
    unit: 'mm',
  },
})
const figure = (value: number | string) => ({ at: '2026-08-06T06:32:00Z', value })

class Book {
  readonly values: (number | null)[] = []
  readonly reasons: string[] = []
  dropped = 0
  cursor: string | undefined
}

describe.each(['sse', 'websocket'] as const)('push by %s', (transport) => {
  function start(book: Book, more: Record<string, unknown> = {}) {
    const settings = v.parse(push.settings, { ...addresses[transport](), ...more })
    const own = ownIo(settings, '/', { TOKEN: 'hush-hush' })
    opened.push(own)
    const deliveries = push.follow!(settings, [{ key: 'k', mapping }], book.cursor, own.io)
    return { settings, own, deliveries: deliveries[Symbol.asyncIterator]() }
  }
  type Listening = ReturnType<typeof start>

  function note(book: Book, delivery: Delivery): void {
    for (const { readings, refusals } of delivery.pages) {
      book.values.push(...readings.map(({ value }) => value))
      book.reasons.push(...refusals.map(({ reason }) => reason))
    }
    book.dropped += delivery.dropped ?? 0
    book.cursor = delivery.cursor ?? book.cursor
  }
  async function until({ deliveries }: Listening, book: Book, enough: () => boolean): Promise<void> {
    while (!enough()) {
      const { value } = await deliveries.next()
      note(book, value as Delivery)
    }
  }
  const endOf = async ({ deliveries }: Listening): Promise<SourceError> => {
    for (;;) {
      const cause = await deliveries.next().then(
        () => undefined,
        (error: unknown) => error,
      )
      if (cause instanceof SourceError) return cause
      if (cause !== undefined) throw cause
    }
  }
  const listened = async (count: number): Promise<void> => {
    while (server.heard.length < count) await new Promise((resolve) => void setTimeout(resolve, 5))
  }

  it('reads what is said, refuses what is no number and reads on', async () => {
    const book = new Book()
    const listening = start(book)
    const work = until(listening, book, () => book.values.length >= 3)
    await listened(1)
    for (const value of [1.5, 'NaN', '1,234', '1e999', 3]) server.say(figure(value))
    await work
    expect(book.values).toEqual([1.5, 1_234, 3])
    expect(book.reasons).toHaveLength(2)
    expect(book.cursor).toBe('5')
  })

  it('goes on behind the last durable one after the server was cut off: nothing lost, nothing twice', async () => {
    const book = new Book()
    let listening = start(book)
    let work = until(listening, book, () => book.values.length >= 50)
    await listened(1)
    for (let value = 1; value <= 60; value += 1) server.say(figure(value))
    await work
    await server.cut()
    const error = await endOf(listening)
    expect(error.message).toContain(server.origin)
    expect(error.retryAfterMs).toBe(transport === 'sse' ? 1_234 : undefined)
    for (let value = 61; value <= 90; value += 1) server.say(figure(value))
    await server.start()
    listening = start(book)
    const place = Number(book.cursor)
    book.values.length = place
    work = until(listening, book, () => book.values.length >= 100)
    await listened(2)
    for (let value = 91; value <= 100; value += 1) server.say(figure(value))
    await work
    expect(book.values).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    expect(book.reasons).toEqual([])
  })

  it('tells of what the server no longer had', async () => {
    const book = new Book()
    book.cursor = '3'
    for (let value = 1; value <= 9; value += 1) server.say(figure(value))
    await server.cut(7)
    await server.start()
    await until(start(book), book, () => book.values.length >= 2)
    expect([book.values, book.reasons]).toEqual([
      [8, 9],
      ['the server no longer had 4 to 7 when we came back'],
    ])
  })

  it('finds a connection dead on which nothing comes any more', async () => {
    const book = new Book()
    const listening = start(book, { deadAfterMs: 300 })
    const ended = endOf(listening)
    await listened(1)
    server.freeze()
    expect((await ended).message).toMatch(/silent|nothing|s /)
  })

  it('holds no more than its queue', async () => {
    const book = new Book()
    const listening = start(book, { queue: 10 })
    const first = listening.deliveries.next()
    await listened(1)
    server.say(figure(0))
    note(book, (await first).value as Delivery)
    for (let value = 1; value <= 500; value += 1) server.say(figure(value))
    // The server has written; what has not been read off the socket yet comes with later deliveries.
    await until(listening, book, () => book.values.length + book.dropped >= 501)
    expect(book.values.at(-1)).toBe(500)
    expect(book.cursor).toBe('501')
  })

  it('is let in by its secret, and tells none when it is not', async () => {
    server.token = 'another-secret'
    const auth = { kind: 'bearer', tokenSecret: 'TOKEN' }
    const error = await endOf(start(new Book(), { auth }))
    expect(error.message).toContain('not let in')
    expect(error.message).not.toContain('hush')
    server.token = 'hush-hush'
    const book = new Book()
    const work = until(start(book, { auth }), book, () => book.values.length > 0)
    await listened(1)
    server.say(figure(1))
    await work
    expect(server.heard[0]?.authorization).toBe('Bearer hush-hush')
  })

  it('stops at once when it is told to', async () => {
    const { deliveries, own } = start(new Book())
    const waiting = deliveries.next()
    await listened(1)
    const toldAt = Date.now()
    own.stop.abort()
    await expect(waiting).rejects.toThrow(/abort/i)
    expect(Date.now() - toldAt).toBeLessThan(1_000)
  })

  it('probes', async () => {
    const { settings, own } = start(new Book())
    await expect(push.probe(settings, own.io)).resolves.toMatchObject({ reachable: true })
    await server.cut()
    await expect(push.probe(settings, own.io)).resolves.toMatchObject({ reachable: false })
  })
})

it('says that what answers is no event stream', async () => {
  const settings = v.parse(push.settings, { ...addresses.sse(), path: '/page' })
  const own = ownIo(settings)
  opened.push(own)
  await expect(push.probe(settings, own.io)).resolves.toMatchObject({
    reachable: false,
    detail: expect.stringContaining('an event stream was expected, not text/html') as string,
  })
})
