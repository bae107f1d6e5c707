import * as v from 'valibot'
import { type IndicatorAdapter, SourceError, type Window } from '../../src/contracts/indicator-adapter.ts'
import type { Io } from '../../src/contracts/io.ts'
import type { Reading, Refusal } from '../../src/domain/reading.ts'
import { createSourceIo, waysOf } from '../../server/ingest/source-io.ts'

/** One source on a real server, as the gateway would be configured for it. */
export interface Subject {
  /** Settings of the source and mapping of the indicator, as in YAML. */
  source: Record<string, unknown>
  mapping: unknown
  secrets?: Record<string, string>
  /** Folder of the source's files. */
  root?: string
}

/** What a gateway would have of a source: each figure once, the newest word for it, and what it heard of it. */
export class ProtocolBook {
  readonly stored = new Map<string, Reading>()
  readonly refusals: Refusal[] = []
  cursor: string | undefined
  pages = 0
  repeated = 0
  dropped = 0
  longest = 0

  take(readings: readonly Reading[], refusals: readonly Refusal[]): void {
    this.pages += 1
    this.longest = Math.max(this.longest, readings.length)
    for (const reading of readings) {
      const key = figureOf(reading)
      if (this.stored.get(key)?.value === reading.value) this.repeated += 1
      this.stored.set(key, reading)
    }
    this.refusals.push(...refusals)
  }

  /** Region, time and value of every figure, in order: to be compared with what was sent. */
  told(): string[] {
    return [...this.stored.values()].map((reading) => `${figureOf(reading)} = ${reading.value}`).toSorted()
  }
}

/** The figure a reading speaks of. */
export function figureOf({ region, dims, at }: Reading): string {
  const when = 'instant' in at ? new Date(at.instant).toISOString() : at.label
  return [region, ...Object.entries(dims).map(([key, value]) => `${key}=${value}`), when].join(' ')
}

/** The gateway's own ways out, so that allow-list, limits and sentences are those of production. */
export function ioOf(subject: Subject, signal: AbortSignal, tally?: Parameters<Io['tally']>[0][]): Io {
  const world = {
    root: subject.root ?? import.meta.dirname,
    timeZone: 'Asia/Shanghai',
    now: () => Date.now(),
    secret: (name: string) => subject.secrets?.[name],
  }
  const ways = { ...waysOf(subject.source), tally: (count: Parameters<Io['tally']>[0]) => tally?.push(count) }
  return createSourceIo(world, ways, signal)
}

export interface Session {
  adapter: IndicatorAdapter
  subject: Subject
  window: Window
  book: ProtocolBook
  signal: AbortSignal
}

/** One poll, to its end or to what broke it off. */
export async function readOnce({ adapter, subject, window, book, signal }: Session): Promise<void> {
  const settings = v.parse(adapter.settings, subject.source)
  const mapping = v.parse(adapter.mapping, subject.mapping)
  for await (const page of adapter.read(settings, mapping, window, ioOf(subject, signal)))
    book.take(page.readings, page.refusals)
}

/** Follows until `enough`, then settles the last delivery by asking for one more, and stops. */
export async function followUntil(session: Session, enough: (book: ProtocolBook) => boolean): Promise<void> {
  const { adapter, subject, book } = session
  const stop = new AbortController()
  const signal = AbortSignal.any([session.signal, stop.signal])
  const settings = v.parse(adapter.settings, subject.source)
  const mapping = v.parse(adapter.mapping, subject.mapping)
  try {
    if (enough(book)) return
    for await (const delivery of adapter.follow!(
      settings,
      [{ key: 'figure', mapping }],
      book.cursor,
      ioOf(subject, signal),
    )) {
      for (const { readings, refusals } of delivery.pages) book.take(readings, refusals)
      book.dropped += delivery.dropped ?? 0
      book.cursor = delivery.cursor ?? book.cursor
      if (enough(book)) setTimeout(() => stop.abort(), 300)
    }
  } catch (cause) {
    if (!stop.signal.aborted) throw cause
  }
}

/** How a session that must not go well ended. */
export async function endOf(session: Promise<unknown>): Promise<SourceError> {
  const cause = await session.then(
    () => new Error('it went well'),
    (error: unknown) => error,
  )
  if (!(cause instanceof SourceError)) throw new Error('no SourceError', { cause })
  return cause
}
