import { type CircuitBreakerPolicy, BrokenCircuitError, ConsecutiveBreaker, ExponentialBackoff, circuitBreaker, handleAll } from 'cockatiel'
import { type IndicatorAdapter, SourceError, type Window } from '../../src/contracts/indicator-adapter.ts'
import type { Io } from '../../src/contracts/io.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import type { Reading, Refusal } from '../../src/domain/reading.ts'
import type { Source, SourceHealth } from '../../src/domain/source.ts'
import type { Log } from '../log.ts'
import { wait } from './wait.ts'
import { allTime, historyWindow, recentWindow } from './windows.ts'

/** One indicator on one source. */
export interface Feed {
  key: string
  indicator: Indicator
  mapping: unknown
  pollMs: number
}

export interface RunnerContext {
  now(): number
  random(): number
  log: Log
  io(signal: AbortSignal): Io
  /** Source's clock minus ours, from its last answer's Date header. */
  clockSkewMs(): number | null
  cursor(key: string): Promise<string | undefined>
  /** Durable when it resolves; the cursor moves in the same transaction. */
  take(feed: Feed, page: { readings: Reading[]; refusals: Refusal[] }, cursor?: { key: string; value: string }): Promise<{ stored: number; refused: number }>
  historyDone(feed: Feed): Promise<void>
  changed(): void
}

const concurrency = 4

/** Polls one source for ever: due feeds in small parallel groups, history in the background, breaker and jittered waits when it fails. */
export function runSource(source: Source, adapter: IndicatorAdapter, settings: unknown, feeds: readonly Feed[], context: RunnerContext) {
  const stop = new AbortController()
  const health: SourceHealth = {
    source: source.id, state: 'starting', lastGoodAt: null, lastError: null, nextTryAt: null, clockSkewMs: null, observations: 0, refused: 0,
  }
  const breaker: CircuitBreakerPolicy = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(5),
    // A recovered source must be seen within seconds, so the longest wait is short; jitter keeps sources apart.
    halfOpenAfter: new ExponentialBackoff({ initialDelay: 1_000, maxDelay: 4_000 }),
  })
  const due = new Map(feeds.map((feed, order) => [feed, { at: 0, failures: 0, order, history: false }]))

  async function read(feed: Feed, window: Window, cursor: { key: string; value: string }): Promise<void> {
    let stored = 0
    let refused = 0
    for await (const page of adapter.read(settings, feed.mapping, window, context.io(stop.signal))) {
      stop.signal.throwIfAborted()
      const taken = await context.take(feed, page)
      stored += taken.stored
      refused += taken.refused + page.refusals.length
    }
    // The cursor moves only after the last page: a crash before reads the window again and the store drops what it has.
    await context.take(feed, { readings: [], refusals: [] }, cursor)
    health.observations += stored
    health.refused = source.cadence === 'once' ? refused : health.refused + refused
  }

  async function poll(feed: Feed): Promise<void> {
    const state = due.get(feed)!
    const now = context.now()
    const last = await context.cursor(feed.key)
    const window = source.cadence === 'once' ? allTime(now) : recentWindow(feed.indicator.freq, last === undefined ? undefined : Date.parse(last), now)
    try {
      await breaker.execute(() => read(feed, window, { key: feed.key, value: toInstant(now) }))
      state.failures = 0
      state.at = context.now() + feed.pollMs * (0.98 + 0.04 * context.random())
      Object.assign(health, { state: 'ok', lastGoodAt: toInstant(context.now()), lastError: null, nextTryAt: toInstant(state.at) })
    } catch (cause) {
      if (stop.signal.aborted) return
      state.failures += 1
      state.at = context.now() + retryDelay(cause, state.failures, context.random())
      if (!(cause instanceof BrokenCircuitError)) {
        health.lastError = sentence(cause)
        if (state.failures === 1) context.log.warn(`source ${source.id} failed`, { indicator: feed.indicator.code, reason: health.lastError })
      }
      Object.assign(health, { state: cause instanceof BrokenCircuitError ? 'open' : 'failing', nextTryAt: toInstant(state.at) })
    }
    context.changed()
  }

  async function backfill(feed: Feed): Promise<void> {
    const key = `${feed.key}#history`
    if (source.cadence === 'once' || (await context.cursor(key)) !== undefined) return
    const now = context.now()
    try {
      await breaker.execute(() => read(feed, historyWindow(feed.indicator.freq, now), { key, value: toInstant(now) }))
      await context.historyDone(feed)
    } catch (cause) {
      if (stop.signal.aborted) return
      due.get(feed)!.history = false
      context.log.debug(`history of ${feed.key} waits`, { reason: sentence(cause) })
    }
  }

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      const now = context.now()
      const ready = feeds.filter((feed) => due.get(feed)!.at <= now)
      await inGroups(ready, poll)
      // Live values first: history of at most one feed between two rounds.
      const old = feeds.find((feed) => !due.get(feed)!.history && due.get(feed)!.failures === 0)
      if (old && !stop.signal.aborted) {
        due.get(old)!.history = true
        await backfill(old)
        continue
      }
      const next = Math.min(...[...due.values()].map((state) => state.at), now + 60_000)
      await wait(Math.max(5, next - context.now()), stop.signal)
    }
  }

  const running = feeds.length === 0 ? Promise.resolve() : loop()
  return {
    health: (): SourceHealth => ({ ...health, clockSkewMs: context.clockSkewMs() }),
    async stop() {
      stop.abort()
      await running.catch(() => {})
    },
  }
}

async function inGroups<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
    }),
  )
}

function retryDelay(cause: unknown, failures: number, random: number): number {
  if (cause instanceof SourceError && cause.retryAfterMs !== undefined) return Math.min(cause.retryAfterMs, 3_600_000)
  return Math.min(4_000, 500 * 2 ** Math.min(failures, 6)) * (0.5 + random / 2)
}

/** What is shown to an operator: the sentence of an expected failure, or the kind of an unexpected one without its innards. */
function sentence(cause: unknown): string {
  if (cause instanceof SourceError) return cause.message
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : 'unknown failure'
}

export function pollMsOf(source: Source, poll: string | undefined): number {
  return Math.max(1_000, durationMs(poll ?? source.poll))
}
