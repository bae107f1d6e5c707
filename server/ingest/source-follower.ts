import type { Delivery } from '../../src/contracts/delivery.ts'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import type { Source, SourceHealth } from '../../src/domain/source.ts'
import { GivenUpError, inTime } from './in-time.ts'
import { QuarantinedError } from './quarantined-error.ts'
import { retryDelay, sentence } from './retry-delay.ts'
import type { Feed, RunnerContext } from './runner-context.ts'
import { wait, within } from './wait.ts'

export interface Following {
  source: Source
  adapter: IndicatorAdapter
  settings: unknown
  feeds: readonly Feed[]
  context: RunnerContext
  /** Written to as things change. */
  known: SourceHealth
  signal: AbortSignal
}

const failuresBeforeOpen = 5

/** A source that has said nothing for three of its intervals is connected to anew: an open connection proves nothing. */
export const silenceMs = (source: Pick<Source, 'poll'>): number =>
  Math.max(60_000, 3 * durationMs(source.poll))

/** Where a followed source is gone on from. */
export const followCursor = (source: Pick<Source, 'id'>): string => `${source.id}#follow`

/** Holds one connection to a source for as long as the signal lets it; never rejects. */
export async function followSource(following: Following): Promise<void> {
  const { context, signal } = following
  for (let failures = 0; !signal.aborted;) {
    const before = following.known.lastGoodAt
    const cause = await oneConnection(following)
    if (signal.aborted) return
    if (cause instanceof QuarantinedError) return quarantine(following, cause)
    // One delivery made it a good connection, however it ended.
    failures = following.known.lastGoodAt === before ? failures + 1 : 1
    const silent = cause instanceof GivenUpError
    const waitMs = silent ? 0 : retryDelay(cause, failures, context.random())
    told(following, cause, failures, waitMs)
    await wait(waitMs, signal)
  }
}

function quarantine({ source, known, context }: Following, cause: QuarantinedError): void {
  Object.assign(known, { state: 'quarantined', lastError: cause.message, nextTryAt: null })
  context.log.warn(`source ${source.id} is read no more`, { reason: cause.message })
  context.changed()
}

function told({ source, known, context }: Following, cause: unknown, failures: number, waitMs: number): void {
  const lastError = sentence(cause)
  if (cause instanceof GivenUpError) known.gaveUp = (known.gaveUp ?? 0) + 1
  if (failures === 1) context.log.warn(`source ${source.id} failed`, { reason: lastError })
  const failing = failures > failuresBeforeOpen ? 'open' : 'failing'
  Object.assign(known, {
    state: cause instanceof GivenUpError ? 'stalled' : failing,
    lastError,
    nextTryAt: toInstant(context.now() + waitMs),
  })
  context.changed()
}

/** What the connection ended with. */
async function oneConnection(following: Following): Promise<unknown> {
  const { source, adapter, settings, feeds, context, signal } = following
  const connection = within(signal)
  const io = context.io(connection.signal)
  try {
    const cursor = await context.cursor(followCursor(source))
    const subscriptions = feeds.map(({ key, mapping }) => ({ key, mapping }))
    const deliveries = adapter.follow!(settings, subscriptions, cursor, io)
    const patience = { stepMs: silenceMs(source), signal, leave: connection.end }
    for await (const delivery of inTime(deliveries, patience)) {
      await taken(following, delivery)
    }
    return new Error('the connection was ended without a reason')
  } catch (cause) {
    return cause
  } finally {
    connection.end()
  }
}

async function taken(
  { source, feeds, context, known }: Following,
  { pages, warnings, cursor, dropped }: Delivery,
): Promise<void> {
  if (dropped !== undefined) context.dropped(dropped)
  const byKey = new Map(feeds.map((feed) => [feed.key, feed]))
  const refused = await context.take({
    pages: pages.map((page) => {
      const feed = byKey.get(page.key)
      if (!feed) throw new Error(`a delivery for ${page.key}, which nobody subscribed to`)
      return { feed, page }
    }),
    pushed: true,
    ...(warnings ? { warnings } : {}),
    ...(cursor === undefined ? {} : { cursor: { key: followCursor(source), value: cursor } }),
  })
  known.refused += refused
  Object.assign(known, {
    state: 'ok',
    lastGoodAt: toInstant(context.now()),
    lastError: null,
    nextTryAt: null,
  })
  context.changed()
}
