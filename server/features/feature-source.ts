import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  ExponentialBackoff,
  circuitBreaker,
  handleAll,
} from 'cockatiel'
import {
  type Items,
  type ItemsAsk,
  type OgcFeaturesSettings,
  readItems,
} from '../../src/adapters/wire/ogc-items.ts'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { FeatureCollection } from '../../src/domain/feature-collection.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import type { Source, SourceHealth } from '../../src/domain/source.ts'
import { skewOf } from '../ingest/clock-skew.ts'
import { type Ways, type World, createSourceIo, waysOf } from '../ingest/source-io.ts'
import { sentence } from '../ingest/retry-delay.ts'
import type { Log } from '../log.ts'

export interface FeatureSourceParts {
  world: World
  log: Log
  signal: AbortSignal
  changed(): void
}

interface Outcome {
  collection: FeatureCollection
  atMs: number
  error: string | undefined
}

/** One server of collections: its breaker, its wait where it asked for one, and how it does. */
export class FeatureSource {
  readonly source: Source
  private readonly settings: OgcFeaturesSettings
  private readonly parts: FeatureSourceParts
  private readonly ways: Ways
  private readonly outcomes = new Map<string, Outcome>()
  private lastGoodMs: number | undefined
  private nextTryMs: number | undefined
  private notBeforeMs = 0
  private clockSkewMs: number | null = null
  private isOpen = false
  private readonly breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(5),
    // As for sources of figures: a recovered one must be seen within seconds.
    halfOpenAfter: new ExponentialBackoff({ initialDelay: 1_000, maxDelay: 4_000 }),
  })

  constructor(source: Source, settings: OgcFeaturesSettings, parts: FeatureSourceParts) {
    this.source = source
    this.settings = settings
    this.parts = parts
    this.ways = waysOf(settings)
  }

  /** True where the source can be asked what it would have said at a past instant. */
  get knowsPasts(): boolean {
    return this.settings.asOfParameter !== undefined
  }

  /** Everything the source says of the collection at an instant. Throws SourceError, or BrokenCircuitError without asking. */
  async read(collection: FeatureCollection, ask: Omit<ItemsAsk, 'path'>): Promise<Items> {
    const { world, signal } = this.parts
    try {
      const items = await this.breaker.execute(async () => {
        const waitMs = this.notBeforeMs - world.now()
        if (waitMs > 0) throw new SourceError('the source asked to be left alone for a while', waitMs)
        const io = createSourceIo(
          world,
          { ...this.ways, send: (request, abort) => this.ask(request, abort) },
          signal,
        )
        return await readItems(this.settings, { path: collection.path, ...ask }, io)
      })
      this.noteGood(collection)
      return items
    } catch (cause) {
      if (!signal.aborted) this.noteBad(collection, cause)
      throw cause
    }
  }

  /** When the next standing collection is due, for the desk. */
  willTryAt(ms: number): void {
    this.nextTryMs = ms
  }

  health(features: number, refused: number): SourceHealth {
    const nowMs = this.parts.world.now()
    // A timed collection that failed and that nobody looks at any more says nothing of the source.
    const recent = [...this.outcomes.values()].filter(
      ({ collection, atMs }) =>
        collection.step === undefined || nowMs - atMs < 3 * durationMs(collection.poll),
    )
    const bad = recent.filter(({ error }) => error !== undefined)
    const state = this.isOpen ? 'open' : bad.length > 0 ? 'failing' : this.lastGoodMs ? 'ok' : 'starting'
    return {
      source: this.source.id,
      state,
      lastGoodAt: this.lastGoodMs === undefined ? null : toInstant(this.lastGoodMs),
      lastError: bad.at(-1)?.error ?? null,
      nextTryAt: this.nextTryMs === undefined ? null : toInstant(this.nextTryMs),
      clockSkewMs: this.clockSkewMs,
      observations: features,
      refused,
    }
  }

  private async ask(...[request, signal]: Parameters<Ways['send']>) {
    const answer = await this.ways.send(request, signal)
    this.clockSkewMs = skewOf(answer.headers['date'], this.parts.world.now()) ?? this.clockSkewMs
    return answer
  }

  private noteGood(collection: FeatureCollection): void {
    const atMs = this.parts.world.now()
    this.lastGoodMs = atMs
    this.isOpen = false
    this.outcomes.set(collection.id, { collection, atMs, error: undefined })
    this.parts.changed()
  }

  private noteBad(collection: FeatureCollection, cause: unknown): void {
    const atMs = this.parts.world.now()
    const before = this.outcomes.get(collection.id)
    this.isOpen = cause instanceof BrokenCircuitError
    const error = this.isOpen ? (before?.error ?? 'not asked: too many failures in a row') : sentence(cause)
    if (cause instanceof SourceError && cause.retryAfterMs !== undefined)
      this.notBeforeMs = Math.max(this.notBeforeMs, atMs + Math.min(cause.retryAfterMs, 3_600_000))
    if (!this.isOpen && before?.error === undefined)
      this.parts.log.warn(`source ${this.source.id} failed`, { collection: collection.id, reason: error })
    this.outcomes.set(collection.id, { collection, atMs, error })
    this.parts.changed()
  }
}
