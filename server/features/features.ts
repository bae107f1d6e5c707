import { createHash } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import * as v from 'valibot'
import { OgcFeaturesSettingsSchema } from '../../src/adapters/wire/ogc-items.ts'
import type { FeatureCollection } from '../../src/domain/feature-collection.ts'
import { covers, onStep, standsAt } from '../../src/domain/feature-times.ts'
import { type Statement, answerOf, statementOf } from '../../src/domain/feature-statement.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import type { FeatureAnswer } from '../../src/domain/map-feature.ts'
import type { Refusal } from '../../src/domain/reading.ts'
import type { SourceHealth } from '../../src/domain/source.ts'
import type { FeatureHistoryAnswer, FeatureNews } from '../../src/domain/wire.ts'
import type { City } from '../city/load-city.ts'
import { substitute } from '../ingest/settings.ts'
import { retryDelay } from '../ingest/retry-delay.ts'
import { RefusalBook } from '../ingest/take-page.ts'
import { wait } from '../ingest/wait.ts'
import { FeatureMemory, identityOf } from './feature-memory.ts'
import { FeatureSource, type FeatureSourceParts } from './feature-source.ts'
import type { FeatureHistory } from './history/feature-history.ts'
import { KeptStatements } from './kept-statements.ts'

export interface FeatureParts extends Omit<FeatureSourceParts, 'signal'> {
  variables: Readonly<Record<string, string>>
  history: FeatureHistory
  /** A standing collection was read again. */
  news(collection: FeatureCollection, news: FeatureNews): void
}

type Told = Parameters<typeof answerOf>[1]

/** How long a viewer waits for a source that is asked again while its last good answer is at hand. */
const patienceMs = 1_500
const mostKeptBytes = 96_000_000

/** Nothing is known of that instant, and why; a route makes 404 of it, or 503 where it may be known in a moment. */
export class UnknownFeaturesError extends Error {
  readonly later: boolean
  constructor(sentence: string, later: boolean) {
    super(sentence)
    this.later = later
  }
}

/**
 * The city's things with a place. Standing collections are polled on their cadence and answered from memory; other instants
 * are read when they are looked at and kept within a bound. What was last good is answered with its age while a source fails.
 * Each good answer is remembered before it is shown; a past instant is asked of a source that can tell it, else recalled.
 */
export class Features {
  private readonly parts: FeatureParts
  private readonly collections: ReadonlyMap<string, FeatureCollection>
  private readonly sources: ReadonlyMap<string, FeatureSource>
  private readonly books = new Map<string, RefusalBook>()
  /** Newest statement of each standing collection. */
  private readonly standing: Map<string, Statement>
  /** What a timed collection last said of an instant that had come: the last good answer while its source fails. */
  private readonly lastLive = new Map<string, { atMs: number; statement: Statement }>()
  private readonly looked = new KeptStatements(mostKeptBytes)
  private readonly underWay = new Map<string, Promise<Statement>>()
  private readonly memory: FeatureMemory
  private readonly stopping = new AbortController()
  private readonly polling: Promise<void>[]

  /** @param before the features in force until now: what the same collections last said goes on being known */
  constructor(city: Pick<City, 'features'>, parts: FeatureParts, before?: Features) {
    this.parts = parts
    const { sources, collections, history } = city.features
    // Every collection waits on it at once, which is no leak.
    setMaxListeners(0, this.stopping.signal)
    this.collections = new Map(collections.map((collection) => [collection.id, collection]))
    const own = { ...parts, signal: this.stopping.signal }
    this.sources = new Map(
      sources.map((source) => {
        const settings = v.parse(OgcFeaturesSettingsSchema, substitute(source.settings, parts.variables))
        this.books.set(source.id, new RefusalBook())
        return [source.id, new FeatureSource(source, settings, own)]
      }),
    )
    this.standing = new Map(
      collections.flatMap((collection) => {
        const stood = before?.stoodIn(collection)
        return stood ? [[collection.id, stood]] : []
      }),
    )
    const { log, world } = parts
    const memoryParts = { history: parts.history, log, signal: this.stopping.signal, now: world.now }
    this.memory = new FeatureMemory(history, memoryParts)
    this.polling = sources
      .flatMap(({ id }) => this.polledOf(collections.filter(({ source }) => source === id)))
      .map((collection) => this.poll(collection))
  }

  /**
   * What held at an instant. Throws UnknownFeaturesError.
   * @param asOf what was known at that past instant, which is also the latest instant that had come
   */
  async answer(
    collection: FeatureCollection,
    wantedMs: number | undefined,
    asOf?: string,
  ): Promise<FeatureAnswer> {
    const nowMs = asOf === undefined ? this.parts.world.now() : Date.parse(asOf)
    const atMs = wantedMs ?? nowMs
    if (!covers(collection, atMs, nowMs))
      throw new UnknownFeaturesError(`${collection.id} says nothing of that time`, false)
    if (asOf !== undefined && !this.sourceOf(collection).knowsPasts) {
      const kept = await this.memory.recall(collection, atMs, nowMs)
      if (kept) return answerOf(collection, kept, kept.atMs ?? atMs)
      throw new UnknownFeaturesError(`${collection.id}: nothing heard before that instant is kept`, false)
    }
    const stands = standsAt(collection, atMs, nowMs)
    const current = stands && asOf === undefined ? this.standing.get(collection.id) : undefined
    if (current) return answerOf(collection, current, atMs)
    const stoodOnly = collection.step === undefined && !stands && !this.sourceOf(collection).knowsPasts
    // Asked of an instant it would tell what is so now: features without a time hold for any instant.
    const stood = stoodOnly ? await this.memory.recall(collection, atMs, nowMs) : undefined
    if (stood) return answerOf(collection, stood, atMs)
    const stepAtMs = onStep(collection, stands ? nowMs : atMs)
    const found = await this.lookOrRecall(collection, stepAtMs, { atMs, nowMs, asOf })
    return answerOf(collection, found.statement, collection.step === undefined ? atMs : found.atMs)
  }

  /** Since when what was heard is kept, of those collections a viewer sees. */
  async extent(
    collections: readonly FeatureCollection[],
  ): Promise<Pick<FeatureHistoryAnswer, 'collections' | 'bytes' | 'maxBytes'>> {
    const { fromMs, bytes } = await this.memory.extent()
    const told = collections.map((collection) => {
      const heardMs = fromMs[identityOf(collection)]
      const from = heardMs === undefined ? null : toInstant(heardMs)
      return { collection: collection.id, from, fromSource: this.sourceOf(collection).knowsPasts }
    })
    return { collections: told, bytes, maxBytes: this.memory.maxBytes }
  }

  health(): SourceHealth[] {
    return [...this.sources.values()].map((source) => {
      const newest = [...this.collections.values()]
        .filter((collection) => collection.source === source.source.id)
        .flatMap(({ id }) => this.standing.get(id) ?? [])
      const count = (of: (statement: Statement) => number) => newest.reduce((sum, one) => sum + of(one), 0)
      return source.health(
        count(({ features }) => features.length),
        count(({ refused }) => refused.length),
      )
    })
  }

  refusals(source: string): Refusal[] {
    return this.books.get(source)?.list() ?? []
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await Promise.all(this.polling)
    await this.memory.stop()
  }

  private stoodIn(collection: FeatureCollection): Statement | undefined {
    const mine = this.collections.get(collection.id)
    return JSON.stringify(mine) === JSON.stringify(collection) ? this.standing.get(collection.id) : undefined
  }

  private sourceOf({ source }: FeatureCollection): FeatureSource {
    return this.sources.get(source)!
  }

  private async poll(collection: FeatureCollection): Promise<void> {
    const { signal } = this.stopping
    const { world } = this.parts
    const source = this.sourceOf(collection)
    for (let failures = 0; !signal.aborted;) {
      let nextMs: number
      try {
        await this.readNow(collection)
        failures = 0
        nextMs = Math.max(1_000, durationMs(collection.poll)) * (0.98 + 0.04 * Math.random())
      } catch (cause) {
        failures += 1
        nextMs = retryDelay(cause, failures, Math.random())
      }
      source.willTryAt(world.now() + nextMs)
      await wait(nextMs, signal)
    }
  }

  private async readNow(collection: FeatureCollection): Promise<void> {
    const atMs = this.parts.world.now()
    if (collection.step !== undefined)
      return void (await this.look(collection, onStep(collection, atMs), undefined))
    const items = await this.sourceOf(collection).read(collection, {})
    const before = this.standing.get(collection.id)
    const statement = this.taken(
      collection,
      statementOf(collection, items, this.parts.world.now(), before, hashOf),
    )
    await this.memory.remember(collection, undefined, statement)
    this.standing.set(collection.id, statement)
    const { resultTime, receivedMs, hash } = statement
    const receivedAt = toInstant(receivedMs)
    this.parts.news(collection, { collection: collection.id, at: resultTime, receivedAt, hash })
  }

  /** What the source says of a step; where it says nothing, or not soon, what was heard before is told with its age. */
  private async lookOrRecall(
    collection: FeatureCollection,
    stepAtMs: number,
    { atMs, nowMs, asOf }: { atMs: number; nowMs: number; asOf: string | undefined },
  ): Promise<{ statement: Told; atMs: number }> {
    const asked = this.look(collection, stepAtMs, asOf)
    const late = wait(patienceMs, this.stopping.signal)
    const soon = await Promise.race([asked, late]).catch(() => undefined)
    if (soon) return { statement: soon, atMs: stepAtMs }
    const isLive = asOf === undefined && stepAtMs === onStep(collection, nowMs)
    const before = isLive ? this.lastLive.get(collection.id) : undefined
    if (before) return before
    const kept = await this.memory.recall(collection, atMs, nowMs).catch(() => undefined)
    if (kept) return { statement: kept, atMs: kept.atMs ?? stepAtMs }
    return { statement: await asked, atMs: stepAtMs }
  }

  /** An instant that is looked at: from memory while it is fresh, else asked, once for all who look at the same moment. */
  private async look(
    collection: FeatureCollection,
    atMs: number,
    asOf: string | undefined,
  ): Promise<Statement> {
    const key = `${collection.id}|${atMs}|${asOf ?? ''}`
    const held = this.looked.get(key)
    const nowMs = this.parts.world.now()
    if (held && nowMs - held.receivedMs < Math.max(1_000, durationMs(collection.poll))) return held
    const asked = this.underWay.get(key) ?? this.ask(key, collection, atMs, asOf)
    if (!held) return await asked.catch(unknown)
    const refreshed = asked.catch(() => held)
    return await Promise.race([refreshed, wait(patienceMs, this.stopping.signal).then(() => held)])
  }

  private ask(
    key: string,
    collection: FeatureCollection,
    atMs: number,
    asOf: string | undefined,
  ): Promise<Statement> {
    const asking = this.sourceOf(collection)
      .read(collection, { datetime: toInstant(atMs), asOf })
      .then(async (items) => {
        const nowMs = this.parts.world.now()
        const before = this.looked.get(key)
        const statement = this.taken(collection, statementOf(collection, items, nowMs, before, hashOf))
        const isOfInstant = collection.step !== undefined || !standsAt(collection, atMs, nowMs)
        // What a source says today of what it would have said then was not heard then.
        if (asOf === undefined && isOfInstant) await this.memory.remember(collection, atMs, statement)
        this.looked.set(key, statement)
        const isLive = asOf === undefined && collection.step !== undefined && atMs <= nowMs
        if (isLive && atMs >= (this.lastLive.get(collection.id)?.atMs ?? 0))
          this.lastLive.set(collection.id, { atMs, statement })
        return statement
      })
      .finally(() => this.underWay.delete(key))
    this.underWay.set(key, asking)
    return asking
  }

  private taken(collection: FeatureCollection, statement: Statement): Statement {
    const book = this.books.get(collection.source)
    for (const { id, reason } of statement.refused) book?.keep({ row: `${collection.id}/${id}`, reason })
    return statement
  }

  /**
   * Standing collections; of a source that cannot tell its past the timed ones too, so that what can be recalled does not
   * hang on who looked; of a source with timed ones only the first, so that its health is known before anybody looks.
   */
  private polledOf(collections: readonly FeatureCollection[]): readonly FeatureCollection[] {
    const polled = collections.filter(
      (collection) => collection.step === undefined || !this.sourceOf(collection).knowsPasts,
    )
    return polled.length > 0 ? polled : collections.slice(0, 1)
  }
}

function unknown(cause: unknown): never {
  throw new UnknownFeaturesError(cause instanceof Error ? cause.message : String(cause), true)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
