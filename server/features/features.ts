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
import type { FeatureNews } from '../../src/domain/wire.ts'
import type { City } from '../city/load-city.ts'
import { substitute } from '../ingest/settings.ts'
import { retryDelay } from '../ingest/source-runner.ts'
import { RefusalBook } from '../ingest/take-page.ts'
import { wait } from '../ingest/wait.ts'
import { FeatureSource, type FeatureSourceParts } from './feature-source.ts'
import { KeptStatements } from './kept-statements.ts'

export interface FeatureParts extends Omit<FeatureSourceParts, 'signal'> {
  variables: Readonly<Record<string, string>>
  /** A standing collection was read again. */
  news(collection: FeatureCollection, news: FeatureNews): void
}

/** How long a viewer waits for a source that is asked again while its last good answer is at hand. */
const patienceMs = 1_500
const mostKeptBytes = 96_000_000
const keptChanges = 24

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
 */
export class Features {
  private readonly parts: FeatureParts
  private readonly collections: ReadonlyMap<string, FeatureCollection>
  private readonly sources: ReadonlyMap<string, FeatureSource>
  private readonly books = new Map<string, RefusalBook>()
  /** Newest statement of each collection that was read for now, and of standing ones what stood before, newest last. */
  private readonly standing: Map<string, Statement[]>
  /** What a timed collection last said of an instant that had come: the last good answer while its source fails. */
  private readonly lastLive = new Map<string, { atMs: number; statement: Statement }>()
  private readonly looked = new KeptStatements(mostKeptBytes)
  private readonly underWay = new Map<string, Promise<Statement>>()
  private readonly stopping = new AbortController()
  private readonly polling: Promise<void>[]

  /** @param before the features in force until now: what the same collections last said goes on being known */
  constructor(city: Pick<City, 'features'>, parts: FeatureParts, before?: Features) {
    this.parts = parts
    const { sources, collections } = city.features
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
      collections.map((collection) => [collection.id, before?.stoodIn(collection) ?? []]),
    )
    this.polling = sources
      .flatMap(({ id }) => polledOf(collections.filter(({ source }) => source === id)))
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
    if (asOf !== undefined && !this.sourceOf(collection).knowsPasts)
      return answerOf(collection, this.keptAsOf(collection, atMs, nowMs), atMs)
    const stands = standsAt(collection, atMs, nowMs)
    const current = stands && asOf === undefined ? this.standing.get(collection.id)?.at(-1) : undefined
    if (current) return answerOf(collection, current, atMs)
    const stepAtMs = onStep(collection, stands ? nowMs : atMs)
    try {
      const statement = await this.look(collection, stepAtMs, asOf)
      return answerOf(collection, statement, collection.step === undefined ? atMs : stepAtMs)
    } catch (cause) {
      const isLive = asOf === undefined && stepAtMs === onStep(collection, nowMs)
      const before = isLive ? this.lastLive.get(collection.id) : undefined
      if (!before) throw cause
      return answerOf(collection, before.statement, before.atMs)
    }
  }

  health(): SourceHealth[] {
    return [...this.sources.values()].map((source) => {
      const newest = [...this.collections.values()]
        .filter((collection) => collection.source === source.source.id)
        .flatMap(({ id }) => this.standing.get(id)?.at(-1) ?? [])
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
  }

  private stoodIn(collection: FeatureCollection): Statement[] | undefined {
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
    const list = this.standing.get(collection.id)!
    const items = await this.sourceOf(collection).read(collection, {})
    const before = list.at(-1)
    const statement = this.taken(
      collection,
      statementOf(collection, items, this.parts.world.now(), before, hashOf),
    )
    if (before && before.sinceMs === statement.sinceMs) list[list.length - 1] = statement
    else list.push(statement)
    // A source that can be asked about the past needs no memory of ours.
    if (list.length > (this.sourceOf(collection).knowsPasts ? 1 : keptChanges)) list.shift()
    const { resultTime, receivedMs, hash } = statement
    const receivedAt = toInstant(receivedMs)
    this.parts.news(collection, { collection: collection.id, at: resultTime, receivedAt, hash })
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
      .then((items) => {
        const before = this.looked.get(key)
        const statement = this.taken(
          collection,
          statementOf(collection, items, this.parts.world.now(), before, hashOf),
        )
        this.looked.set(key, statement)
        const isLive = asOf === undefined && collection.step !== undefined && atMs <= this.parts.world.now()
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

  /** A source that cannot be asked about the past: only what was heard before that instant was known then. */
  private keptAsOf(collection: FeatureCollection, atMs: number, asOfMs: number): Statement {
    const stood = this.standing.get(collection.id)?.findLast(({ sinceMs }) => sinceMs <= asOfMs)
    const key = `${collection.id}|${onStep(collection, atMs)}|`
    const found = standsAt(collection, atMs, asOfMs) ? stood : this.looked.get(key)
    if (!found || found.sinceMs > asOfMs)
      throw new UnknownFeaturesError(`${collection.id}: nothing heard before that instant is kept`, false)
    return { ...found, receivedMs: Math.min(found.receivedMs, asOfMs) }
  }
}

/** Standing collections; of a source that has none the first timed one, so that its health is known before anybody looks. */
function polledOf(collections: readonly FeatureCollection[]): readonly FeatureCollection[] {
  const standing = collections.filter(({ step }) => step === undefined)
  return standing.length > 0 ? standing : collections.slice(0, 1)
}

function unknown(cause: unknown): never {
  throw new UnknownFeaturesError(cause instanceof Error ? cause.message : String(cause), true)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
