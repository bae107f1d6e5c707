import { createHash } from 'node:crypto'
import type { Delivery } from '../../contracts/delivery.ts'
import { seriesKey } from '../../domain/observation.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'

/** What a message told of one subscription: a value, or why there is none. */
export type Item = { key: string; reading: Reading } | { key: string; refusal: Refusal }

/** How deliveries are told upstream. `M` is what the protocol knows a message by: a packet, a sequence, an offset. */
export interface Settling<M> {
  signal: AbortSignal
  /** The messages that nothing is left of, in the order they came: durable or given up, to be acknowledged. */
  settle(marks: readonly M[]): void | Promise<void>
  /** Where to go on from once everything up to this message is durable, where the message says so. */
  cursor?(mark: M): string | undefined
}

interface Arrival<M> {
  mark: M
  /** Items of it that are neither handed over nor given up. */
  left: number
}

interface Waiting<M> {
  item: Item
  series: string
  arrival: Arrival<M>
}

const mostInDelivery = 2_000

/**
 * Between a source that speaks when it likes and a gateway that takes what it can: at most `most` items wait. One too many
 * pushes out the oldest of its own series, so that a busy series cannot cost another its only value; what was pushed out is
 * counted in the next delivery.
 */
export class Inbox<M> {
  private readonly most: number
  private readonly waiting = new Map<number, Waiting<M>>()
  private readonly bySeries = new Map<string, Set<number>>()
  private readonly arrivals = new Set<Arrival<M>>()
  private nextNumber = 0
  private dropped = 0
  private ending: { cause: unknown } | undefined
  private wake: (() => void) | undefined

  constructor(most: number) {
    this.most = most
  }

  get size(): number {
    return this.waiting.size
  }

  /** A message and all it tells; one that tells nothing is settled when its turn comes. */
  put(mark: M, items: readonly Item[]): void {
    const arrival = { mark, left: items.length }
    this.arrivals.add(arrival)
    for (const item of items) {
      const series = seriesOf(item)
      if (this.waiting.size >= this.most) this.giveUp(this.victim(series))
      this.nextNumber += 1
      this.waiting.set(this.nextNumber, { item, series, arrival })
      const numbers = this.bySeries.get(series)
      if (numbers) numbers.add(this.nextNumber)
      else this.bySeries.set(series, new Set([this.nextNumber]))
    }
    this.wake?.()
  }

  /** Nothing more will come: what waits is still handed over, then the deliveries end with this cause. */
  fail(cause: unknown): void {
    this.ending ??= { cause }
    this.wake?.()
  }

  /** Deliveries as they are asked for; each holds what came while the one before was made durable. */
  async *deliveries({ signal, settle, cursor }: Settling<M>): AsyncGenerator<Delivery> {
    for (;;) {
      await this.something(signal)
      const { pages, marks } = this.take()
      const last = marks.at(-1)
      const place = last === undefined ? undefined : cursor?.(last)
      const { dropped } = this
      this.dropped = 0
      yield {
        pages,
        ...(place === undefined ? {} : { cursor: place }),
        ...(dropped === 0 ? {} : { dropped }),
      }
      await settle(marks)
    }
  }

  private async something(signal: AbortSignal): Promise<void> {
    const abort = (): void => this.wake?.()
    signal.addEventListener('abort', abort, { once: true })
    try {
      for (;;) {
        signal.throwIfAborted()
        if (this.waiting.size > 0 || this.oldest()?.left === 0) return
        if (this.ending) throw this.ending.cause
        await new Promise<void>((resolve) => (this.wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  private oldest(): Arrival<M> | undefined {
    return this.arrivals.values().next().value
  }

  private take(): Pick<Delivery, 'pages'> & { marks: M[] } {
    const taken: Item[] = []
    for (const [number, { item }] of this.waiting) {
      if (taken.length >= mostInDelivery) break
      taken.push(item)
      this.remove(number)
    }
    const marks: M[] = []
    // In the order they came, because that is the order some protocols want to be told in, and because a cursor has no holes.
    for (const arrival of this.arrivals) {
      if (arrival.left > 0) break
      this.arrivals.delete(arrival)
      marks.push(arrival.mark)
    }
    return { pages: pagesOf(taken), marks }
  }

  private giveUp(number: number): void {
    this.remove(number)
    this.dropped += 1
  }

  private remove(number: number): void {
    const { series, arrival } = this.waiting.get(number)!
    this.waiting.delete(number)
    arrival.left -= 1
    const numbers = this.bySeries.get(series)!
    numbers.delete(number)
    if (numbers.size === 0) this.bySeries.delete(series)
  }

  private victim(series: string): number {
    const own = this.bySeries.get(series)
    if (own) return own.values().next().value!
    const first = this.waiting.keys().next().value!
    // Nobody has two: then the oldest goes, whosesoever it is.
    if (this.bySeries.size === this.waiting.size) return first
    for (const [number, waiting] of this.waiting)
      if (this.bySeries.get(waiting.series)!.size > 1) return number
    return first
  }
}

function seriesOf(item: Item): string {
  return 'reading' in item
    ? seriesKey(item.key, item.reading.region, item.reading.dims)
    : `${item.key} refused`
}

function pagesOf(items: readonly Item[]): Delivery['pages'] {
  const pages = new Map<string, Delivery['pages'][number]>()
  const rawSha256 = digestOf(items)
  for (const item of items) {
    const page = pages.get(item.key) ?? { key: item.key, readings: [], refusals: [] }
    pages.set(item.key, page)
    if ('refusal' in item) page.refusals.push(item.refusal)
    else page.readings.push({ ...item.reading, lineage: { ...item.reading.lineage, rawSha256 } })
  }
  return [...pages.values()]
}

/**
 * One digest for a delivery, so that it makes one lineage and not one a message: the message's own where there is one message,
 * else the SHA-256 of theirs in hex, in order, each on a line.
 */
function digestOf(items: readonly Item[]): string {
  const digests = new Set(
    items.flatMap((item) => ('reading' in item ? [item.reading.lineage.rawSha256] : [])),
  )
  const [only = ''] = digests
  return digests.size <= 1
    ? only
    : createHash('sha256')
        .update([...digests].join('\n'))
        .digest('hex')
}
