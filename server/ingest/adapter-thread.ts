import type { MessagePort } from 'node:worker_threads'
import * as v from 'valibot'
import type { Delivery, Page } from '../../src/contracts/delivery.ts'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import type { Io } from '../../src/contracts/io.ts'
import { type Ways, createSourceIo, waysOf } from './source-io.ts'
import { skewOf } from './clock-skew.ts'
import { type Ask, type Question, type Seat, type Word, pagePieces, sentError } from './thread-protocol.ts'

const beatMs = 500

type Answering = AsyncIterator<unknown>

/** The side of a source's thread: one adapter for one source, told what to read and answering step by step. */
export function serveAdapter(port: MessagePort, seat: Seat, load: () => Promise<unknown>): void {
  const say = (word: Word): void => port.postMessage(word)
  const begun = start(seat, load, say)
  begun.then(
    () => {
      say({ word: 'ready' })
      setInterval(() => say({ word: 'beat', outsideHeapBytes: outsideHeap() }), beatMs)
    },
    (cause: unknown) => say({ word: 'broken', reason: sentError(cause).message }),
  )
  port.on('message', (ask: Ask) => {
    void begun.then(
      (desk) => desk.hear(ask),
      () => undefined,
    )
  })
}

function outsideHeap(): number {
  const { external, arrayBuffers } = process.memoryUsage()
  return Math.max(external, arrayBuffers)
}

async function start(seat: Seat, load: () => Promise<unknown>, say: (word: Word) => void): Promise<Desk> {
  const adapter = (await load()) as IndicatorAdapter
  return new Desk(adapter, seat, say)
}

class Desk {
  private readonly adapter: IndicatorAdapter
  private readonly say: (word: Word) => void
  private readonly source: Seat['source']
  private readonly settings: unknown
  private readonly ways: Ways | undefined
  private readonly ios = new Map<number, { io: Io; stop: AbortController }>()
  private readonly answering = new Map<number, Answering>()
  /** One object a mapping, however often it is asked for. */
  private readonly mappings = new Map<string, unknown>()

  constructor(adapter: IndicatorAdapter, { source }: Seat, say: (word: Word) => void) {
    this.adapter = adapter
    this.say = say
    this.source = source
    if (!source) return
    this.settings = v.parse(adapter.settings, source.settings)
    this.ways = waysOf(this.settings)
  }

  hear(ask: Ask): void {
    switch (ask.ask) {
      case 'begin':
        this.answering.set(ask.number, this.begin(ask.question, ask.io))
        return
      case 'next':
        void this.step(ask.number)
        return
      case 'leave':
        void this.answering
          .get(ask.number)
          ?.return?.()
          .catch(() => undefined)
        this.answering.delete(ask.number)
        return
      case 'abort':
        this.ios.get(ask.io)?.stop.abort()
        this.ios.delete(ask.io)
    }
  }

  private async step(number: number): Promise<void> {
    try {
      const { done = false, value } = (await this.answering.get(number)?.next()) ?? {
        done: true,
        value: null,
      }
      this.say({ word: 'step', number, done, value })
    } catch (cause) {
      this.say({ word: 'failed', number, error: sentError(cause) })
    }
  }

  private begin(question: Question, number: number): Answering {
    const { adapter, settings } = this
    const io = this.io(number)
    switch (question.type) {
      case 'probe':
        return once(adapter.probe(settings, io))
      case 'read':
        return inPages(adapter.read(settings, this.mapping(question.mapping), question.window, io))
      case 'follow': {
        const feeds = question.feeds.map(({ key, mapping }) => ({ key, mapping: this.mapping(mapping) }))
        return inDeliveries(adapter.follow!(settings, feeds, question.cursor, io))
      }
    }
  }

  private mapping(raw: unknown): unknown {
    const key = JSON.stringify(raw)
    if (!this.mappings.has(key)) this.mappings.set(key, v.parse(this.adapter.mapping, raw))
    return this.mappings.get(key)
  }

  private io(number: number): Io {
    const before = this.ios.get(number)
    if (before) return before.io
    const { root, timeZone, clockOffsetMs, secrets } = this.source!
    const now = (): number => Date.now() + clockOffsetMs
    const ways: Ways = {
      ...this.ways!,
      send: async (request, signal) => {
        const answer = await this.ways!.send(request, signal)
        const clockSkewMs = skewOf(answer.headers['date'], now())
        if (clockSkewMs !== undefined) this.say({ word: 'skew', clockSkewMs })
        return answer
      },
      tally: (count) => this.say({ word: 'tally', io: number, count }),
    }
    const stop = new AbortController()
    const io = createSourceIo({ root, timeZone, now, secret: (name) => secrets[name] }, ways, stop.signal)
    this.ios.set(number, { io, stop })
    return io
  }
}

async function* once(answer: Promise<unknown>): AsyncGenerator {
  yield await answer
}

async function* inPages(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  for await (const page of pages) yield* pagePieces(page)
}

/** The cursor of a delivery comes with its last piece alone: the adapter is asked on when all of it is durable. */
async function* inDeliveries(deliveries: AsyncIterable<Delivery>): AsyncGenerator<Delivery> {
  for await (const { pages, ...whole } of deliveries) {
    const pieces = pages.flatMap(({ key, ...page }) =>
      [...pagePieces(page)].map((part) => ({ key, ...part })),
    )
    let bunch: Delivery['pages'] = []
    let size = 0
    for (const part of pieces) {
      if (size + part.readings.length > mostReadings) {
        yield { pages: bunch }
        bunch = []
        size = 0
      }
      bunch.push(part)
      size += part.readings.length
    }
    yield { ...whole, pages: bunch }
  }
}

const mostReadings = 5_000
