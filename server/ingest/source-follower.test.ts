import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Delivery } from '../../src/contracts/delivery.ts'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import {
  toldAdapter,
  toldContext,
  toldFeed,
  toldReading,
  toldSource,
  stopped,
  valuesOf,
} from '../../tests/support/told-source.ts'
import { SourceRunner } from './source-runner.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const feed = toldFeed()
const said = (value: number, more: Partial<Delivery> = {}): Delivery => ({
  pages: [{ key: feed.key, readings: [toldReading(value)], refusals: [] }],
  cursor: String(value),
  ...more,
})
const hangs = (): Promise<never> => new Promise(() => {})
const turns = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0)

test('all indicators of a source are followed over one connection, from the cursor on', async () => {
  const context = toldContext()
  context.cursors.set('gauges#follow', '41')
  const asked: unknown[] = []
  const adapter = toldAdapter({
    async *follow(_, feeds, cursor) {
      asked.push([feeds.map(({ key }) => key), cursor])
      yield said(42)
      await hangs()
    },
  })
  const runner = new SourceRunner(toldSource(), adapter, {}, [feed, toldFeed('NAT.RAIN.H1')], context)
  await turns()
  expect(asked).toEqual([[[feed.key, 'gauges|NAT.RAIN.H1|0'], '41']])
  expect(valuesOf(context.taken.filter(({ pushed }) => pushed))).toEqual([42])
  expect(context.cursors.get('gauges#follow')).toBe('42')
  expect(runner.health()).toMatchObject({ state: 'ok', followers: 'push', lastError: null })
  await stopped(runner)
})

test('the next delivery is asked for only after the last one is durable', async () => {
  const context = toldContext()
  const order: string[] = []
  let durable = (): void => {}
  context.take = async ({ pages }) => {
    if (!pages[0]?.page.readings[0]) return 0
    order.push('given')
    await new Promise<void>((done) => (durable = done))
    order.push('durable')
    return 0
  }
  const adapter = toldAdapter({
    async *follow() {
      yield said(1)
      order.push('asked for the next')
      await hangs()
    },
  })
  const runner = new SourceRunner(toldSource(), adapter, {}, [feed], context)
  await turns()
  expect(order).toEqual(['given'])
  durable()
  await turns()
  expect(order).toEqual(['given', 'durable', 'asked for the next'])
  await stopped(runner)
})

test('what could not be made durable is not acknowledged: it is connected anew from the old cursor', async () => {
  const context = toldContext()
  const cursors: unknown[] = []
  let acknowledged = 0
  const adapter = toldAdapter({
    async *follow(_, feeds, cursor) {
      cursors.push(cursor)
      yield said(7)
      acknowledged += 1
      await hangs()
    },
    async *read() {
      yield* []
      throw new SourceError('no history here')
    },
  })
  context.failing.push(new Error('no space'))
  const runner = new SourceRunner(toldSource(), adapter, {}, [feed], context)
  await turns()
  expect([acknowledged, runner.health().state]).toEqual([0, 'failing'])
  await vi.advanceTimersByTimeAsync(4_000)
  expect(cursors).toEqual([undefined, undefined])
  expect([acknowledged, valuesOf(context.taken), runner.health().state]).toEqual([1, [7], 'ok'])
  await stopped(runner)
})

test('a source that breaks off is back within five seconds of its return, however long it was away', async () => {
  const context = toldContext()
  let away = true
  let asked = 0
  const adapter = toldAdapter({
    async *follow() {
      asked += 1
      if (away) throw new SourceError('connection refused')
      yield said(3)
      await hangs()
    },
  })
  const runner = new SourceRunner(toldSource(), adapter, {}, [feed], context)
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  expect(runner.health()).toMatchObject({ state: 'open', lastError: 'connection refused' })
  expect(asked).toBeLessThan(250)
  away = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(runner.health()).toMatchObject({ state: 'ok', lastError: null })
  expect(valuesOf(context.taken.filter(({ pushed }) => pushed))).toEqual([3])
  await stopped(runner)
})

test('an open connection that says nothing and hears nothing is given up, counted and made anew', async () => {
  const context = toldContext()
  let connections = 0
  const adapter = toldAdapter({
    follow: () => {
      connections += 1
      // Neither ends nor heeds any signal.
      return { [Symbol.asyncIterator]: () => ({ next: hangs, return: hangs }) }
    },
  })
  const runner = new SourceRunner(toldSource(), adapter, {}, [feed], context)
  await vi.advanceTimersByTimeAsync(179_000)
  expect([connections, runner.health().state]).toEqual([1, 'starting'])
  await vi.advanceTimersByTimeAsync(3_000)
  expect(connections).toBe(2)
  expect(runner.health()).toMatchObject({
    state: 'stalled',
    gaveUp: 1,
    lastError: 'given up: silent for 180 s',
  })
  await stopped(runner)
})

test('what was given up on the way is counted, and warnings come with what told of them', async () => {
  const context = toldContext()
  const adapter = toldAdapter({
    async *follow() {
      yield said(1, { dropped: 4, warnings: [{ cancel: 'w-1' }] })
      await hangs()
    },
  })
  const runner = new SourceRunner(toldSource(), adapter, {}, [feed], context)
  await turns()
  expect(runner.health().dropped).toBe(4)
  expect(context.taken.find(({ pushed }) => pushed)?.warnings).toEqual([{ cancel: 'w-1' }])
  await stopped(runner)
})

test('where the settings ask for no push, a protocol that has it is polled', async () => {
  const context = toldContext()
  const adapter = toldAdapter({
    follows: (settings) => (settings as { listen: boolean }).listen,
    async *follow() {
      yield said(1)
    },
    async *read() {
      yield { readings: [toldReading(9)], refusals: [] }
    },
  })
  const runner = new SourceRunner(toldSource(), adapter, { listen: false }, [feed], context)
  await turns()
  expect(runner.health().followers).toBe('poll')
  expect(context.taken.some(({ pushed }) => pushed)).toBe(false)
  expect(valuesOf(context.taken)[0]).toBe(9)
  await stopped(runner)
})
