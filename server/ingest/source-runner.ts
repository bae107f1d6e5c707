import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  ExponentialBackoff,
  circuitBreaker,
  handleAll,
} from 'cockatiel'
import type { Page } from '../../src/contracts/delivery.ts'
import { type IndicatorAdapter, SourceError, type Window } from '../../src/contracts/indicator-adapter.ts'
import type { Io } from '../../src/contracts/io.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import type { Source, SourceHealth } from '../../src/domain/source.ts'
import type { Log } from '../log.ts'
import { nextBeat } from './next-beat.ts'
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
  /** Durable when it resolves, with the cursor in the same transaction; answers how many rows were refused. */
  take(feed: Feed, page: Page, cursor?: { key: string; value: string }): Promise<number>
  /** What its adapter counted since start. */
  tallies(): Pick<SourceHealth, 'dropped' | 'merged' | 'duplicates'>
  /** Observations of this source stored since start. */
  stored(): number
  historyDone(feed: Feed): Promise<void>
  changed(): void
}

interface FeedState {
  /** When it is due again. */
  at: number
  failures: number
  historyAsked: boolean
}

/** Polls one source for ever: due feeds together (their answers then share one write), history in the background, breaker and jittered waits when it fails. */
export class SourceRunner {
  private readonly source: Source
  private readonly adapter: IndicatorAdapter
  private readonly settings: unknown
  private readonly context: RunnerContext
  private readonly phase: number
  private readonly stopping = new AbortController()
  private readonly states: Map<Feed, FeedState>
  private readonly known: SourceHealth
  private readonly running: Promise<void>
  private readonly breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(5),
    // A recovered source must be seen within seconds, so the longest wait is short; jitter keeps sources apart.
    halfOpenAfter: new ExponentialBackoff({ initialDelay: 1_000, maxDelay: 4_000 }),
  })

  constructor(
    source: Source,
    adapter: IndicatorAdapter,
    settings: unknown,
    feeds: readonly Feed[],
    context: RunnerContext,
  ) {
    this.source = source
    this.adapter = adapter
    this.settings = settings
    this.context = context
    this.phase = context.random()
    this.states = new Map(feeds.map((feed) => [feed, { at: 0, failures: 0, historyAsked: false }]))
    this.known = {
      source: source.id,
      state: 'starting',
      lastGoodAt: null,
      lastError: null,
      nextTryAt: null,
      clockSkewMs: null,
      observations: 0,
      refused: 0,
    }
    this.running = feeds.length === 0 ? Promise.resolve() : this.run()
  }

  health(): SourceHealth {
    const { context, known } = this
    const counted = { observations: context.stored(), clockSkewMs: context.clockSkewMs() }
    return { ...known, ...counted, ...context.tallies() }
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running.catch(() => {})
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping
    while (!signal.aborted) {
      const now = this.context.now()
      // What is nearly due comes along: feeds stay together, share one answer and are written as one batch.
      const due = [...this.states].filter(([feed, state]) => state.at <= now + 0.1 * feed.pollMs)
      // One Io a round: feeds that ask the same address share one answer.
      const io = this.context.io(signal)
      await Promise.all(due.map(([feed, state]) => this.poll(feed, state, io)))
      // Live values first: history of at most one feed between two rounds.
      if (await this.oneHistory()) continue
      const next = Math.min(...[...this.states.values()].map(({ at }) => at), now + 60_000)
      await wait(Math.max(5, next - this.context.now()), signal)
    }
  }

  private async poll(feed: Feed, state: FeedState, io: Io): Promise<void> {
    const { context, source } = this
    const now = context.now()
    const last = await context.cursor(feed.key)
    const window =
      source.cadence === 'once'
        ? allTime(now)
        : recentWindow(feed.indicator.freq, last === undefined ? undefined : Date.parse(last), now)
    try {
      await this.breaker.execute(() => this.read(feed, window, io, { key: feed.key, value: toInstant(now) }))
      state.failures = 0
      state.at = nextBeat(context.now(), feed.pollMs, this.phase)
      Object.assign(this.known, {
        state: 'ok',
        lastGoodAt: toInstant(context.now()),
        lastError: null,
        nextTryAt: toInstant(state.at),
      })
    } catch (cause) {
      if (this.stopping.signal.aborted) return
      this.failed(feed, state, cause)
    }
    context.changed()
  }

  private failed(feed: Feed, state: FeedState, cause: unknown): void {
    state.failures += 1
    state.at = this.context.now() + retryDelay(cause, state.failures, this.context.random())
    const open = cause instanceof BrokenCircuitError
    if (!open) {
      this.known.lastError = sentence(cause)
      if (state.failures === 1) {
        const { code } = feed.indicator
        this.context.log.warn(`source ${this.source.id} failed`, {
          indicator: code,
          reason: this.known.lastError,
        })
      }
    }
    Object.assign(this.known, { state: open ? 'open' : 'failing', nextTryAt: toInstant(state.at) })
  }

  private async read(
    feed: Feed,
    window: Window,
    io: Io,
    cursor: { key: string; value: string },
  ): Promise<void> {
    const { signal } = this.stopping
    const { adapter, context, settings } = this
    let refused = 0
    let last: Page = { readings: [], refusals: [] }
    for await (const page of adapter.read(settings, feed.mapping, window, io)) {
      signal.throwIfAborted()
      refused += page.refusals.length
      if (last.readings.length + last.refusals.length > 0) refused += await context.take(feed, last)
      last = page
    }
    // The cursor moves with the last page: a crash before reads the window again and the store drops what it has.
    refused += await context.take(feed, last, cursor)
    this.known.refused = this.source.cadence === 'once' ? refused : this.known.refused + refused
  }

  /** False when no feed waits for its history. */
  private async oneHistory(): Promise<boolean> {
    const waiting = [...this.states].find(([, state]) => !state.historyAsked && state.failures === 0)
    if (!waiting || this.stopping.signal.aborted) return false
    const [feed, state] = waiting
    state.historyAsked = true
    const key = `${feed.key}#history`
    if (this.source.cadence === 'once' || (await this.context.cursor(key)) !== undefined) return true
    const now = this.context.now()
    try {
      await this.breaker.execute(() =>
        this.read(feed, historyWindow(feed.indicator.freq, now), this.context.io(this.stopping.signal), {
          key,
          value: toInstant(now),
        }),
      )
      await this.context.historyDone(feed)
    } catch (cause) {
      // Asked again once the feed itself has answered again.
      state.historyAsked = false
      state.failures += 1
      state.at = this.context.now() + retryDelay(cause, state.failures, this.context.random())
      this.context.log.debug(`history of ${feed.key} waits`, { reason: sentence(cause) })
    }
    return true
  }
}

export function retryDelay(cause: unknown, failures: number, random: number): number {
  if (cause instanceof SourceError && cause.retryAfterMs !== undefined) {
    return Math.min(cause.retryAfterMs, 3_600_000)
  }
  return Math.min(4_000, 500 * 2 ** Math.min(failures, 6)) * (0.5 + random / 2)
}

/** What is shown to an operator: the sentence of an expected failure, or the kind of an unexpected one without its innards. */
export function sentence(cause: unknown): string {
  if (cause instanceof SourceError) return cause.message
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : 'unknown failure'
}

export function pollMsOf(source: Source, poll: string | undefined): number {
  return Math.max(1_000, durationMs(poll ?? source.poll))
}
