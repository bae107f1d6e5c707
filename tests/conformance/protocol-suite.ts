import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IndicatorAdapter, Window } from '../../src/contracts/indicator-adapter.ts'
import { type OwnInstance, ownInstance } from '../support/services/own-instance.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import type { Running, Service } from '../support/services/service.ts'
import { ProtocolBook, type Session, type Subject, endOf, followUntil, readOnce } from './protocol-book.ts'

/** A figure to be told by the server: the value as its wire would carry it. */
export interface SeedRow {
  region: string
  /** RFC 3339. */
  at: string
  value: number | string | null
}

/** A source on a server, with the way to make that server tell something. */
export interface ProtocolSubject extends Subject {
  /** Resolves when the server can tell them. */
  seed(rows: readonly SeedRow[]): Promise<void>
  /** Resolves when what was seeded outlives a kill, for a server that keeps it in memory for a while. */
  durable?(): Promise<void>
  close?(): Promise<void>
}

/** All that a protocol's author gives; `protocolSuite` is what it must then stand. */
export interface ProtocolCase {
  /** The server is that of `npm run services` with the service's id; tests that kill start their own. */
  service: Pick<Service, 'id'> | Service
  /** Where there is no real server: a fixture written from the standard, in this process, which needs nothing installed. */
  fixture?(): Promise<OwnInstance>
  adapter: IndicatorAdapter
  /** `name` is a fresh one for topic, table or metric: tests run side by side. Called once for each test. */
  subject(server: Running, name: string): Promise<ProtocolSubject>
  /** Whether figures are polled or come by themselves; by the adapter where it is not said. */
  mode?: 'read' | 'follow'
  /** Whether the wire can say "there is none". */
  nulls?: boolean
  /** Values that the wire can carry and that are no figures: each must be refused. */
  poison: readonly (number | string)[]
  /** "1,234" as text, where the wire carries text. */
  grouped?: boolean
  /** Rows of the tests that break the connection; many enough for several pages or deliveries. */
  many?: number
  /** Settings with a short queue, for protocols that come by themselves. */
  bounded?: { source(source: Record<string, unknown>): Record<string, unknown>; most: number }
}

const startMs = Date.parse('2026-08-06T00:00:00Z')
const someDays: Window = { from: '2026-08-05T16:00:00.000Z', to: '2026-08-10T16:00:00.000Z' }

/** Rows a minute apart, each with a value of its own. */
export function seedRows(count: number, first = 0): SeedRow[] {
  return Array.from({ length: count }, (_, index) => ({
    region: index % 2 === 0 ? '220102' : '220103',
    at: new Date(startMs + (first + index) * 60_000).toISOString(),
    value: first + index + 0.5,
  }))
}

export const toldOf = (rows: readonly SeedRow[]): string[] =>
  rows.map(({ region, at, value }) => `${region} ${new Date(at).toISOString()} = ${value}`).toSorted()

let names = 0
const freshName = (): string => `suite_${process.pid}_${(names += 1)}`

export function protocolSuite(id: string, protocol: ProtocolCase): void {
  const { service, fixture } = protocol
  const server = runningService(service.id)
  const note = fixture ? '' : skipReason(service.id)
  describe.skipIf(!server && !fixture)(`${id} against ${service.id}${note}`, () => {
    const opened: ProtocolSubject[] = []
    let own: OwnInstance | undefined
    beforeAll(async () => {
      own = await fixture?.()
    })
    afterAll(async () => {
      await Promise.all(opened.map(async (subject) => subject.close?.()))
      await own?.stop()
    })
    plainChecks(protocol, async () => {
      const subject = await protocol.subject(own?.running ?? server!, freshName())
      opened.push(subject)
      return subject
    })
    killChecks(protocol)
  })
}

function plainChecks(protocol: ProtocolCase, open: () => Promise<ProtocolSubject>): void {
  it('reads the rows that the server has, as they are', async () => {
    const subject = await open()
    const rows = seedRows(20)
    if (protocol.nulls) rows.push({ region: '220104', at: '2026-08-06T00:00:00.000Z', value: null })
    const book = await heard(protocol, subject, rows)
    expect(book.told()).toEqual(toldOf(rows))
    expect(book.refusals).toEqual([])
    for (const { lineage } of book.stored.values())
      expect([lineage.request !== '', /^[0-9a-f]{64}$/.test(lineage.rawSha256)]).toEqual([true, true])
    expectNoSecret(subject, JSON.stringify([...book.stored.values()].map(({ lineage }) => lineage)))
  })

  it('takes what comes twice for one', async () => {
    const subject = await open()
    const rows = seedRows(10)
    const again = seedRows(1, 500)
    const book = new ProtocolBook()
    if (modeOf(protocol) === 'read') {
      await subject.seed(rows)
      await subject.seed([...rows, ...again])
      await readOnce(sessionOf(protocol, subject, book))
      await readOnce(sessionOf(protocol, subject, book))
    } else {
      const session = followUntil(sessionOf(protocol, subject, book), () => book.stored.size >= 11)
      await Promise.all([session, seedSlowly(subject, rows, rows, again)])
    }
    expect(book.told()).toEqual(toldOf([...rows, ...again]))
  })

  it.each(protocol.poison.map((value) => [value]))('refuses %s and reads on', async (value) => {
    const subject = await open()
    const [before, after] = [seedRows(1), seedRows(1, 2)]
    const bad = [{ region: '220103', at: seedRows(1, 1)[0]!.at, value }]
    const book = await heard(protocol, subject, [...before, ...bad, ...after], 2)
    expect(book.told()).toEqual(toldOf([...before, ...after]))
    expect(book.refusals.length).toBeGreaterThan(0)
    for (const { row, reason } of book.refusals) expect(row !== '' && reason !== '').toBe(true)
  })

  it.skipIf(!protocol.grouped)('reads "1,234" as 1234', async () => {
    const subject = await open()
    const [row] = seedRows(1)
    const book = await heard(protocol, subject, [{ ...row!, value: '1,234' }])
    expect(book.told()).toEqual(toldOf([{ ...row!, value: 1234 }]))
  })

  it('stops within a second of being told to', async () => {
    const subject = await open()
    await subject.seed(seedRows(200))
    const control = new AbortController()
    const session = { ...sessionOf(protocol, subject, new ProtocolBook()), signal: control.signal }
    const work = modeOf(protocol) === 'read' ? readOnce(session) : followUntil(session, () => false)
    const ended = work.then(
      () => Date.now(),
      () => Date.now(),
    )
    await new Promise((resolve) => void setTimeout(resolve, modeOf(protocol) === 'read' ? 5 : 500))
    const toldAt = Date.now()
    control.abort()
    expect((await ended) - toldAt).toBeLessThan(1_000)
  })

  it('is not let in with a wrong secret, and tells neither secret', async () => {
    const subject = await open()
    if (!subject.secrets || Object.keys(subject.secrets).length === 0) return
    const wrong = Object.fromEntries(
      Object.keys(subject.secrets).map((name) => [name, 'wrong-and-never-told']),
    )
    const session = sessionOf(protocol, { ...subject, secrets: wrong }, new ProtocolBook())
    const work = modeOf(protocol) === 'read' ? readOnce(session) : followUntil(session, () => false)
    const error = await endOf(work)
    expect(error.message.length).toBeGreaterThan(10)
    expectNoSecret(
      { ...subject, secrets: { ...subject.secrets, WRONG: 'wrong-and-never-told' } },
      told(error),
    )
  })

  it.skipIf(!protocol.bounded)('holds no more than its queue, and counts what it gave up', async () => {
    const subject = await open()
    const { source, most } = protocol.bounded!
    const count = most * 5
    const book = new ProtocolBook()
    const session = sessionOf(protocol, { ...subject, source: source(subject.source) }, book)
    const all = (): boolean => book.stored.size + book.dropped >= count
    await Promise.all([followUntil(session, all), seedSlowly(subject, seedRows(count))])
    expect(book.stored.size + book.dropped).toBe(count)
    expect(book.longest).toBeLessThanOrEqual(most)
  })
}

function killChecks(protocol: ProtocolCase): void {
  describe('killed with -9', () => {
    let own: OwnInstance
    beforeAll(async () => {
      own = protocol.fixture ? await protocol.fixture() : await ownInstance(protocol.service as Service)
    }, 90_000)
    afterAll(async () => {
      await own?.stop()
    })

    it('says so while the server is away, and loses and doubles nothing once it is back', async () => {
      const subject = await protocol.subject(own.running, freshName())
      const many = protocol.many ?? 2_000
      const [first, later] = [seedRows(many), seedRows(many, many)]
      const book = new ProtocolBook()
      if (modeOf(protocol) === 'read') await readAcrossKill(protocol, subject, own, book, [first, later])
      else await followAcrossKill(protocol, subject, own, book, [first, later])
      const [sent, has] = [new Set(toldOf([...first, ...later])), new Set(book.told())]
      const lost = [...sent].filter((figure) => !has.has(figure))
      const invented = [...has].filter((figure) => !sent.has(figure))
      expect({ lost: lost.length, first: lost[0], invented: invented.length }).toEqual({
        lost: 0,
        invented: 0,
      })
      expect(book.stored.size).toBe(sent.size)
      await subject.close?.()
    })
  })
}

async function readAcrossKill(
  protocol: ProtocolCase,
  subject: ProtocolSubject,
  own: OwnInstance,
  book: ProtocolBook,
  [first, later]: readonly [SeedRow[], SeedRow[]],
): Promise<void> {
  await subject.seed(first)
  await subject.durable?.()
  // Killed while the answer is on its way, as near as can be: whatever came of it stays true.
  const cut = readOnce(sessionOf(protocol, subject, book)).catch((error: unknown) => error)
  await own.kill()
  await cut
  const error = await endOf(readOnce(sessionOf(protocol, subject, book)))
  expectNoSecret(subject, told(error))
  await own.restart()
  await subject.seed(later)
  await readOnce(sessionOf(protocol, subject, book))
}

async function followAcrossKill(
  protocol: ProtocolCase,
  subject: ProtocolSubject,
  own: OwnInstance,
  book: ProtocolBook,
  [first, later]: readonly [SeedRow[], SeedRow[]],
): Promise<void> {
  const session = sessionOf(protocol, subject, book)
  const some = followUntil(session, () => book.stored.size >= first.length / 4)
  await Promise.all([some, seedSlowly(subject, first)])
  const broken = endOf(followUntil(session, () => false))
  await own.kill()
  expectNoSecret(subject, told(await broken))
  await own.restart()
  await Promise.all([
    followUntil(session, () => book.stored.size >= first.length + later.length),
    seedSlowly(subject, later),
  ])
}

const modeOf = ({ mode, adapter }: ProtocolCase): 'read' | 'follow' =>
  mode ?? (adapter.follow ? 'follow' : 'read')

function sessionOf({ adapter }: ProtocolCase, subject: Subject, book: ProtocolBook): Session {
  return { adapter, subject, window: someDays, book, signal: AbortSignal.timeout(45_000) }
}

/** What a fresh gateway has once it knows `expected` figures, of rows told to it while it listens or before it asks. */
async function heard(
  protocol: ProtocolCase,
  subject: ProtocolSubject,
  rows: readonly SeedRow[],
  expected = rows.length,
): Promise<ProtocolBook> {
  const book = new ProtocolBook()
  const session = sessionOf(protocol, subject, book)
  const refusals = rows.length - expected
  if (modeOf(protocol) === 'read') {
    await subject.seed(rows)
    await readOnce(session)
  } else {
    const enough = (): boolean => book.stored.size >= expected && book.refusals.length >= refusals
    await Promise.all([followUntil(session, enough), seedSlowly(subject, rows)])
  }
  return book
}

/** After the adapter has had the time to connect: what some protocols tell before anybody listens is gone. */
async function seedSlowly(subject: ProtocolSubject, ...parts: (readonly SeedRow[])[]): Promise<void> {
  await new Promise((resolve) => void setTimeout(resolve, 500))
  for (const rows of parts) await subject.seed(rows)
}

function told(error: Error): string {
  return `${error.message} ${error.stack ?? ''} ${inspect(error.cause)}`
}

function expectNoSecret({ secrets = {} }: Subject, text: string): void {
  for (const [name, secret] of Object.entries(secrets))
    expect(text.includes(secret), `${name} is told`).toBe(false)
}
