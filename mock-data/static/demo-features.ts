import { parse } from 'valibot'
import { OgcFeaturesSettingsSchema, readItems } from '../../src/adapters/wire/ogc-items.ts'
import type { FeatureCollection } from '../../src/domain/feature-collection.ts'
import { covers, onStep, standsAt } from '../../src/domain/feature-times.ts'
import { type Statement, answerOf, statementOf } from '../../src/domain/feature-statement.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import type { FeatureAnswer } from '../../src/domain/map-feature.ts'
import { seeded } from '../../src/domain/random.ts'
import type { SourceHealth } from '../../src/domain/source.ts'
import type { FeatureNews } from '../../src/domain/wire.ts'
import { demoIo, type DemoWorld } from './demo-io.ts'
import type { StaticCity } from './static-city.ts'

const keptInstants = 60

/** The demo city's collections inside a page: read through the protocol and checked as the gateway does. */
export class DemoFeatures {
  private readonly city: StaticCity
  private readonly world: DemoWorld
  private readonly standing = new Map<string, Statement>()
  private readonly looked = new Map<string, Statement>()
  private lastGoodMs: number | undefined

  constructor(city: StaticCity, world: DemoWorld) {
    this.city = city
    this.world = world
  }

  /** What held at an instant; undefined for a collection there is not, and for an instant nothing is said of. */
  async answer(id: string, wantedMs: number | undefined): Promise<FeatureAnswer | undefined> {
    const collection = this.city.features.collections.find((one) => one.id === id)
    const nowMs = this.world.now()
    const atMs = wantedMs ?? nowMs
    if (!collection || !covers(collection, atMs, nowMs)) return undefined
    if (standsAt(collection, atMs, nowMs))
      return answerOf(collection, this.standing.get(id) ?? (await this.readStanding(collection)), atMs)
    const stepAtMs = onStep(collection, atMs)
    const key = `${id}|${stepAtMs}`
    const known = this.looked.get(key)
    const isFresh = known !== undefined && nowMs - known.receivedMs < durationMs(collection.poll)
    const statement = isFresh ? known : await this.read(collection, toInstant(stepAtMs), known)
    this.looked.set(key, statement)
    if (this.looked.size > keptInstants) this.looked.delete(this.looked.keys().next().value!)
    return answerOf(collection, statement, collection.step === undefined ? atMs : stepAtMs)
  }

  /** Reads again the standing collections that somebody has asked for and that are due; answers what a stream would tell. */
  async look(): Promise<FeatureNews[]> {
    const nowMs = this.world.now()
    const news: FeatureNews[] = []
    for (const collection of this.city.features.collections) {
      const known = this.standing.get(collection.id)
      if (!known || nowMs - known.receivedMs < durationMs(collection.poll)) continue
      const { resultTime, receivedMs, hash } = await this.readStanding(collection)
      news.push({ collection: collection.id, at: resultTime, receivedAt: toInstant(receivedMs), hash })
    }
    return news
  }

  health(): SourceHealth[] {
    return this.city.features.sources.map(({ id }) => ({
      source: id,
      state: 'ok',
      lastGoodAt: toInstant(this.lastGoodMs ?? this.world.now()),
      lastError: null,
      nextTryAt: null,
      clockSkewMs: 0,
      observations: [...this.standing.values()].reduce((sum, { features }) => sum + features.length, 0),
      refused: [...this.standing.values()].reduce((sum, { refused }) => sum + refused.length, 0),
    }))
  }

  private async readStanding(collection: FeatureCollection): Promise<Statement> {
    const statement = await this.read(collection, undefined, this.standing.get(collection.id))
    this.standing.set(collection.id, statement)
    return statement
  }

  private async read(
    collection: FeatureCollection,
    datetime: string | undefined,
    before: Statement | undefined,
  ): Promise<Statement> {
    const source = this.city.features.sources.find(({ id }) => id === collection.source)!
    const settings = parse(OgcFeaturesSettingsSchema, source.settings)
    const io = demoIo(this.world, new AbortController().signal)
    const items = await readItems(settings, { path: collection.path, datetime }, io)
    this.lastGoodMs = this.world.now()
    // Where a page has no digest every answer has the same: then what it holds is compared, never its bytes.
    const raw = { ...items, rawSha256: items.rawSha256 === '' ? String(this.lastGoodMs) : items.rawSha256 }
    return statementOf(collection, raw, this.lastGoodMs, before, (text) =>
      seeded(text).nextUint32().toString(16),
    )
  }
}
