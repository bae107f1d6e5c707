import type { Worker } from 'node:worker_threads'
import * as v from 'valibot'
import type { Delivery, Page } from '../../src/contracts/delivery.ts'
import { type IndicatorAdapter, type Probe, SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { Io } from '../../src/contracts/io.ts'
import { QuarantinedError } from './quarantined-error.ts'
import { mostMemoryMb, startAdapterWorker } from './start-adapter-worker.ts'
import { type Ask, type Question, type Seat, type Word, revivedError } from './thread-protocol.ts'

interface Limits {
  /** A thread that says nothing for so long loops for ever, or as good as. */
  silentMs: number
  loadMs: number
}
const usual: Limits = { silentMs: 5_000, loadMs: 10_000 }
const checkMs = 500
const deathsMs = 10 * 60_000
const mostDeaths = 3

interface Waiting {
  resolve(step: { done: boolean; value: unknown }): void
  reject(cause: Error): void
}

interface Told {
  skew(clockSkewMs: number): void
  died?(reason: string): void
}

/** Undefined when the file loads in a thread of its own, in time; else what keeps it from that. */
export async function tryToLoad(file: string, limits?: Partial<Limits>): Promise<string | undefined> {
  const thread = new Thread({ adapter: { file } }, { skew: () => {} }, { ...usual, ...limits })
  try {
    await thread.ready
    return undefined
  } catch (cause) {
    return (cause as Error).message
  } finally {
    await thread.end('loaded')
  }
}

/**
 * An adapter that runs in a thread of its own: what it does wrong there ends that thread and nothing else. It is started anew by
 * the next question, and after its third death in ten minutes no more.
 */
export class SourceThread {
  private readonly name: string
  private readonly seat: Seat
  private readonly told: Told
  private readonly limits: Limits
  private thread: Thread | undefined
  private deaths: number[] = []
  private counted = 0
  private stopped = false

  constructor(name: string, seat: Seat, told: Told, limits?: Partial<Limits>) {
    this.limits = { ...usual, ...limits }
    this.name = name
    this.seat = seat
    this.told = told
  }

  /** Times its thread had to be ended, or ended by itself. */
  died(): number {
    return this.counted
  }

  /** The adapter as its runner knows it; `like` tells its version and whether it is followed. Settings and mappings stay as in YAML. */
  adapter(like: Pick<IndicatorAdapter, 'version'> & { follows: boolean }): IndicatorAdapter {
    const steps = <T>(question: Question, io: Io): AsyncGenerator<T> => this.steps<T>(question, io)
    return {
      version: like.version,
      settings: v.unknown(),
      mapping: v.unknown(),
      async probe(_, io) {
        for await (const probe of steps<Probe>({ type: 'probe' }, io)) return probe
        throw new SourceError('the adapter answered nothing')
      },
      read: (_, mapping, window, io) => steps<Page>({ type: 'read', mapping, window }, io),
      ...(like.follows
        ? { follow: (_, feeds, cursor, io) => steps<Delivery>({ type: 'follow', feeds, cursor }, io) }
        : {}),
    }
  }

  async stop(): Promise<void> {
    this.stopped = true
    await this.thread?.end('stopped')
  }

  private async *steps<T>(question: Question, io: Io): AsyncGenerator<T> {
    const thread = this.alive()
    await thread.ready
    io.signal.throwIfAborted()
    yield* thread.steps<T>(question, io)
  }

  private alive(): Thread {
    if (this.deaths.length >= mostDeaths)
      throw new QuarantinedError(
        `adapter ${this.name} is quarantined: its thread died ${mostDeaths} times in ten minutes, last because ${this.thread?.ending}`,
      )
    if (this.thread && this.thread.ending === undefined) return this.thread
    const thread = new Thread(
      this.seat,
      {
        skew: this.told.skew,
        died: (reason) => {
          if (this.stopped) return
          const now = performance.now()
          this.counted += 1
          this.deaths = [...this.deaths.filter((at) => now - at < deathsMs), now]
          this.told.died?.(reason)
        },
      },
      this.limits,
    )
    this.thread = thread
    return thread
  }
}

/** One thread, from its start to its end. */
class Thread {
  readonly ready: Promise<void>
  /** Why it ended. */
  ending: string | undefined
  private readonly worker: Worker
  private readonly told: Told
  private readonly limits: Limits
  private readonly waiting = new Map<number, Waiting>()
  private readonly ios = new Map<Io, number>()
  private readonly gone: Promise<unknown>
  private readonly checking: NodeJS.Timeout
  private lastBeat = performance.now()
  private lastCheck = performance.now()
  private loaded = false
  private numbers = 0
  private settle: { ready(): void; failed(cause: Error): void } = { ready() {}, failed() {} }

  constructor(seat: Seat, told: Told, limits: Limits) {
    this.told = told
    this.limits = limits
    this.worker = startAdapterWorker(seat)
    this.ready = new Promise((resolve, reject) => (this.settle = { ready: resolve, failed: reject }))
    this.ready.catch(() => undefined)
    this.gone = new Promise((resolve) => this.worker.once('exit', resolve))
    this.worker.on('message', (word: Word) => this.hear(word))
    this.worker.on('error', (cause: NodeJS.ErrnoException) => {
      const full = cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
      void this.end(full ? `it took more than ${mostMemoryMb} MB` : `it failed: ${cause.message}`)
    })
    this.worker.once('exit', () => void this.end('it ended by itself'))
    this.checking = setInterval(() => this.check(), checkMs).unref()
  }

  async *steps<T>(question: Question, io: Io): AsyncGenerator<T> {
    const number = ++this.numbers
    this.ask({ ask: 'begin', number, io: this.ioNumber(io), question })
    try {
      for (;;) {
        const step = await this.next(number)
        if (step.done) return
        yield step.value as T
      }
    } finally {
      this.ask({ ask: 'leave', number })
    }
  }

  async end(reason: string): Promise<void> {
    if (this.ending === undefined) {
      this.ending = reason
      clearInterval(this.checking)
      const cause = new SourceError(`the adapter's thread is gone: ${reason}`)
      this.settle.failed(new SourceError(reason))
      for (const { reject } of this.waiting.values()) reject(cause)
      this.waiting.clear()
      this.told.died?.(reason)
      await this.worker.terminate()
    }
    await this.gone
  }

  private ask(ask: Ask): void {
    if (this.ending === undefined) this.worker.postMessage(ask)
  }

  private next(number: number): Promise<{ done: boolean; value: unknown }> {
    return new Promise((resolve, reject) => {
      if (this.ending !== undefined)
        return reject(new SourceError(`the adapter's thread is gone: ${this.ending}`))
      this.waiting.set(number, { resolve, reject })
      this.ask({ ask: 'next', number })
    })
  }

  private ioNumber(io: Io): number {
    const before = this.ios.get(io)
    if (before !== undefined) return before
    const number = ++this.numbers
    this.ios.set(io, number)
    const abort = (): void => {
      this.ios.delete(io)
      this.ask({ ask: 'abort', io: number })
    }
    io.signal.addEventListener('abort', abort, { once: true })
    return number
  }

  private hear(word: Word): void {
    this.lastBeat = performance.now()
    switch (word.word) {
      case 'ready':
        this.loaded = true
        return this.settle.ready()
      case 'broken':
        return void this.end(word.reason)
      case 'beat':
        if (word.outsideHeapBytes > mostMemoryMb * 1e6) void this.end(`it took more than ${mostMemoryMb} MB`)
        return
      case 'skew':
        return this.told.skew(word.clockSkewMs)
      case 'tally':
        for (const [io, number] of this.ios) if (number === word.io) io.tally(word.count)
        return
      case 'step':
        this.waiting.get(word.number)?.resolve(word)
        return
      case 'failed':
        this.waiting.get(word.number)?.reject(revivedError(word.error))
    }
  }

  private check(): void {
    const now = performance.now()
    // Were we ourselves held up, its beats wait behind this turn.
    const heldUp = now - this.lastCheck > 2 * checkMs
    this.lastCheck = now
    if (heldUp) this.lastBeat = now
    const patienceMs = this.loaded ? this.limits.silentMs : this.limits.loadMs
    if (now - this.lastBeat > patienceMs) void this.end(`it did not answer for ${patienceMs / 1_000} s`)
  }
}
