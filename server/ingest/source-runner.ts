import { setMaxListeners } from 'node:events'
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  ExponentialBackoff,
  circuitBreaker,
  handleAll,
} from 'cockatiel'
import type { Page } from '../../src/contracts/delivery.ts'
import type { IndicatorAdapter, Window } from '../../src/contracts/indicator-adapter.ts'
import type { Io } from '../../src/contracts/io.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import type { Source, SourceHealth } from '../../src/domain/source.ts'
import { GivenUpError, inTime } from './in-time.ts'
import { nextBeat } from './next-beat.ts'
import { QuarantinedError } from './quarantined-error.ts'
import { retryDelay, sentence } from './retry-delay.ts'
import type { Feed, RunnerContext } from './runner-context.ts'
import { followSource } from './source-follower.ts'
import { wait, within } from './wait.ts'
import { allTime, historyWindow, recentWindow } from './windows.ts'

interface FeedState {
  /** When it is due again. */
  at: number
  failures: number
  historyAsked: boolean
}

/** A page that is longer on its way is given up; a source whose own settings allow an answer more time has twice that. */
const pageMs = 30_000
const wholeReadMs = 15 * 60_000

/**
 * Reads one source for ever. A source that speaks by itself is followed over one connection; every other is polled: due feeds
 * together (their answers then share one write), history in the background, breaker and jittered waits when it fails.
 */
export class SourceRunner {
  private readonly source: Source
  private readonly adapter: IndicatorAdapter
  private readonly settings: unknown
  private readonly context: RunnerContext
  private readonly phase: number
  private readonly stopping = new AbortController()
  private readonly states: Map<Feed, FeedState>
  private readonly follows: boolean
  private readonly known: SourceHealth
  private readonly running: Promise<void>
  private readonly breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(5),
    // No longer than the shortest wait of a feed that failed often: else its next try would be turned away, and the one
    // after it come too late for a source to be seen within five seconds of its return.
    halfOpenAfter: new ExponentialBackoff({ initialDelay: 1_000, maxDelay: 2_000 }),
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
    setMaxListeners(0, this.stopping.signal)
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
    this.follows = adapter.follow !== undefined && (adapter.follows?.(settings) ?? true)
    this.known.followers = this.follows ? 'push' : 'poll'
    this.running = this.run(feeds)
  }

  health(): SourceHealth {
    const { context, known } = this
    return { ...known, observations: context.stored(), ...context.measured() }
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running.catch(() => {})
  }

  private async run(feeds: readonly Feed[]): Promise<void> {
    if (feeds.length === 0) return
    if (!this.follows) return this.pollForEver()
    const { source, adapter, settings, context, known } = this
    const { signal } = this.stopping
    const following = followSource({ source, adapter, settings, feeds, context, known, signal })
    await Promise.all([following, this.allHistory()])
  }

  private async pollForEver(): Promise<void> {
    const { signal } = this.stopping
    while (!signal.aborted) {
      const now = this.context.now()
      // What is nearly due comes along: feeds stay together, share one answer and are written as one batch.
      const due = [...this.states].filter(([feed, state]) => state.at <= now + 0.1 * feed.pollMs)
      const round = within(signal)
      // One Io a round: feeds that ask the same address share one answer.
      const io = this.context.io(round.signal)
      await Promise.all(due.map(([feed, state]) => this.poll(feed, state, io)))
      if (this.known.state === 'quarantined') return round.end()
      // What was given up may still hang.
      round.end()
      // Live values first: history of at most one feed between two rounds.
      if (await this.oneHistory()) continue
      const next = Math.min(...[...this.states.values()].map(({ at }) => at), now + 60_000)
      await wait(Math.max(5, next - this.context.now()), signal)
    }
  }

  /** Of a followed source: in the background, each feed in its turn; one whose history will not come goes without. */
  private async allHistory(): Promise<void> {
    const { signal } = this.stopping
    for (const [feed, state] of this.states) {
      for (let tries = 1; tries <= 3 && !state.historyAsked && !signal.aborted; tries += 1) {
        await this.history(feed, state)
        if (!state.historyAsked) await wait(retryDelay(undefined, tries, this.context.random()), signal)
      }
    }
  }

  private async poll(feed: Feed, state: FeedState, io: Io): Promise<void> {
    const { context, source } = this
    const now = context.now()
    try {
      const last = source.cadence === 'once' ? undefined : await context.cursor(feed.key)
      const lastMs = last === undefined ? undefined : Date.parse(last)
      const window = source.cadence === 'once' ? allTime(now) : recentWindow(feed.indicator.freq, lastMs, now)
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
    if (cause instanceof QuarantinedError) return this.quarantined(cause)
    state.failures += 1
    state.at = this.context.now() + retryDelay(cause, state.failures, this.context.random())
    const open = cause instanceof BrokenCircuitError
    if (cause instanceof GivenUpError) this.known.gaveUp = (this.known.gaveUp ?? 0) + 1
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

  private quarantined({ message: lastError }: QuarantinedError): void {
    if (this.known.state === 'quarantined') return
    Object.assign(this.known, { state: 'quarantined', lastError, nextTryAt: null })
    this.context.log.warn(`source ${this.source.id} is read no more`, { reason: lastError })
  }

  private async read(
    feed: Feed,
    window: Window,
    io: Io,
    cursor: { key: string; value: string },
  ): Promise<void> {
    const { signal } = this.stopping
    const { adapter, context, settings } = this
    const take = ({ warnings, ...page }: Page, moved?: typeof cursor): Promise<number> =>
      context.take({
        pages: [{ feed, page }],
        ...(warnings ? { warnings } : {}),
        ...(moved ? { cursor: moved } : {}),
      })
    let refused = 0
    let last: Page | undefined
    const pages = adapter.read(settings, feed.mapping, window, io)
    for await (const page of inTime(pages, { stepMs: stepMsOf(settings), wholeMs: wholeReadMs, signal })) {
      signal.throwIfAborted()
      refused += page.refusals.length
      if (last) refused += await take(last)
      last = page
    }
    // The cursor moves with the last page: a crash before reads the window again and the store drops what it has.
    refused += await take(last ?? { readings: [], refusals: [] }, cursor)
    this.known.refused = this.source.cadence === 'once' ? refused : this.known.refused + refused
  }

  /** False when no feed waits for its history. */
  private async oneHistory(): Promise<boolean> {
    const waiting = [...this.states].find(([, state]) => !state.historyAsked && state.failures === 0)
    if (!waiting || this.stopping.signal.aborted) return false
    await this.history(...waiting)
    return true
  }

  private async history(feed: Feed, state: FeedState): Promise<void> {
    state.historyAsked = true
    const key = `${feed.key}#history`
    if (this.source.cadence === 'once') return
    const now = this.context.now()
    const asking = within(this.stopping.signal)
    try {
      if ((await this.context.cursor(key)) !== undefined) return
      await this.breaker.execute(() =>
        this.read(feed, historyWindow(feed.indicator.freq, now), this.context.io(asking.signal), {
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
    } finally {
      asking.end()
    }
  }
}

function stepMsOf(settings: unknown): number {
  const { timeoutMs } = (settings ?? {}) as { timeoutMs?: unknown }
  return typeof timeoutMs === 'number' ? Math.max(pageMs, 2 * timeoutMs) : pageMs
}

export function pollMsOf(source: Source, poll: string | undefined): number {
  return Math.max(1_000, durationMs(poll ?? source.poll))
}
