import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Page } from '../../src/contracts/delivery.ts'
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

const page = (value: number): Page => ({ readings: [toldReading(value)], refusals: [] })
const deaf = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) }

test('a feed is polled at its beat, its cursor moving with the last page alone', async () => {
  const context = toldContext()
  const adapter = toldAdapter({
    async *read() {
      yield page(1)
      yield page(2)
    },
  })
  const runner = new SourceRunner(toldSource({ cadence: 'once' }), adapter, {}, [toldFeed()], context)
  await vi.advanceTimersByTimeAsync(0)
  expect(valuesOf(context.taken)).toEqual([1, 2])
  expect(context.taken.map(({ cursor }) => cursor !== undefined)).toEqual([false, true])
  await vi.advanceTimersByTimeAsync(125_000)
  expect(valuesOf(context.taken).length).toBeGreaterThanOrEqual(6)
  expect(runner.health()).toMatchObject({ state: 'ok', followers: 'poll' })
  await stopped(runner)
})

test('a read that never answers and hears no abort is given up and counted; its source goes on', async () => {
  const context = toldContext()
  let hanging = true
  const adapter = toldAdapter({
    read: () =>
      hanging
        ? deaf
        : (async function* () {
            yield page(5)
          })(),
  })
  const runner = new SourceRunner(toldSource({ cadence: 'once' }), adapter, {}, [toldFeed()], context)
  await vi.advanceTimersByTimeAsync(29_000)
  expect(runner.health().state).toBe('starting')
  await vi.advanceTimersByTimeAsync(1_200)
  expect(runner.health()).toMatchObject({
    state: 'failing',
    gaveUp: 1,
    lastError: 'given up: silent for 30 s',
  })
  hanging = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(runner.health()).toMatchObject({ state: 'ok' })
  expect(valuesOf(context.taken)[0]).toBe(5)
  await stopped(runner)
})

test('a source whose settings allow an answer more time is waited for twice as long as that', async () => {
  const adapter = toldAdapter({ read: () => deaf })
  const runner = new SourceRunner(toldSource(), adapter, { timeoutMs: 60_000 }, [toldFeed()], toldContext())
  await vi.advanceTimersByTimeAsync(119_000)
  expect(runner.health().state).toBe('starting')
  await vi.advanceTimersByTimeAsync(2_000)
  expect(runner.health().state).toBe('failing')
  await stopped(runner)
})

test('a read without end is given up too, page by page as it may come', async () => {
  const adapter = toldAdapter({
    async *read() {
      for (let value = 0; ; value += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20_000))
        yield page(value)
      }
    },
  })
  const runner = new SourceRunner(toldSource({ cadence: 'once' }), adapter, {}, [toldFeed()], toldContext())
  await vi.advanceTimersByTimeAsync(15 * 60_000 + 2_000)
  expect(runner.health().lastError).toBe('given up: not at its end after 900 s')
  await stopped(runner)
})

test('what hangs when its round ends is told to stop', async () => {
  const signals: AbortSignal[] = []
  const adapter = toldAdapter({
    read: (_, __, ___, io) => (signals.push(io.signal), deaf),
  })
  const runner = new SourceRunner(toldSource(), adapter, {}, [toldFeed()], toldContext())
  await vi.advanceTimersByTimeAsync(30_500)
  expect(signals[0]?.aborted).toBe(true)
  await stopped(runner)
})

test('a source that refuses is asked seldom, and read within five seconds of its return', async () => {
  const context = toldContext()
  let away = true
  let asked = 0
  const adapter = toldAdapter({
    async *read() {
      asked += 1
      if (away) throw new SourceError('answered 503')
      yield page(8)
    },
  })
  const runner = new SourceRunner(toldSource({ cadence: 'once' }), adapter, {}, [toldFeed()], context)
  await vi.advanceTimersByTimeAsync(5 * 60_000)
  expect(runner.health().lastError).toBe('answered 503')
  expect(asked).toBeLessThan(120)
  away = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(runner.health()).toMatchObject({ state: 'ok' })
  expect(valuesOf(context.taken)[0]).toBe(8)
  await stopped(runner)
})

test('a wait that the source asked for is kept', async () => {
  let asked = 0
  const adapter = toldAdapter({
    async *read() {
      yield* []
      asked += 1
      throw new SourceError('too many requests', 90_000)
    },
  })
  const runner = new SourceRunner(toldSource(), adapter, {}, [toldFeed()], toldContext())
  await vi.advanceTimersByTimeAsync(80_000)
  expect(asked).toBe(1)
  await stopped(runner)
})
