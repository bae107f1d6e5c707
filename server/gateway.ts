import { setTimeout as sleep } from 'node:timers/promises'
import type { IndicatorAdapter } from '../src/contracts/indicator-adapter.ts'
import { eventNameOf } from '../src/domain/command.ts'
import type { FeatureCollection } from '../src/domain/feature-collection.ts'
import type { Indicator } from '../src/domain/indicator.ts'
import { toInstant } from '../src/domain/instant.ts'
import type { Observation } from '../src/domain/observation.ts'
import type { FeatureNews } from '../src/domain/wire.ts'
import type { Viewer } from './auth/viewer.ts'
import type { City } from './city/load-city.ts'
import { CityInTurn } from './city-in-turn.ts'
import type { Clock } from './clock.ts'
import { type GatewayPart, gatewayParts } from './gateway-parts.ts'
import { BatchWriter } from './ingest/batch-writer.ts'
import { type Ingest, startIngest, together } from './ingest/ingest.ts'
import { checkSources } from './ingest/source-check.ts'
import { LatestBook } from './latest-book.ts'
import type { Log } from './log.ts'
import { Metrics } from './metrics.ts'
import { Features } from './features/features.ts'
import { FindingWatch } from './finding-watch.ts'
import { seesCollection } from './features/sight.ts'
import { ProblemError } from './problem.ts'
import { SituationBook } from './situation-book.ts'
import type { Storage } from './store/open-storage.ts'
import { type LogItem, followLog, readLog } from './stream/event-log.ts'
import { type Replay, Screens, type StreamEvent } from './stream/screens.ts'

export interface GatewayNeeds {
  city: City
  adapters: ReadonlyMap<string, IndicatorAdapter>
  storage: Storage
  clock: Clock
  log: Log
  root: string
  variables: Readonly<Record<string, string>>
  secret(name: string): string | undefined
}

const longestReplay = 5_000
const recentMs = 30_000
const healthPatienceMs = 1_000

/** What runs between sources, store and screens. Opens quickly; nothing is polled until `startSources`, so that pages open first. */
export class Gateway {
  readonly storage: Storage
  readonly clock: Clock
  readonly log: Log
  readonly book: SituationBook
  readonly latest: LatestBook
  readonly screens: Screens
  readonly metrics: Metrics
  readonly simulatorToken: string | undefined
  private readonly needs: GatewayNeeds
  private readonly writer: BatchWriter
  private readonly parts: readonly GatewayPart[]
  private readonly findings: FindingWatch
  private readonly follower: { stop(): Promise<void> }
  private current: CityInForce
  private readonly inTurn: CityInTurn
  private things: Features | undefined
  private publishedSequence: number

  private constructor(needs: GatewayNeeds, current: CityInForce, book: SituationBook, latest: LatestBook) {
    this.needs = needs
    ;({ storage: this.storage, clock: this.clock, log: this.log } = needs)
    this.simulatorToken = needs.secret('DEMO_FEEDER')
    this.current = current
    this.book = book
    this.latest = latest
    this.publishedSequence = this.storage.lane.last()
    this.screens = new Screens(() => ({ serverTime: toInstant(this.clock.now()) }))
    this.inTurn = new CityInTurn({
      city: () => this.current.city,
      check: (next) => checkSources(next, needs.adapters, needs.variables),
      enforce: (city) => this.enforce(city),
      start: () => this.startAll(),
    })
    this.metrics = new Metrics({
      screens: () => this.screens.count(),
      sequence: () => this.storage.lane.last(),
      sources: () => this.inTurn.running.health(),
    })
    this.writer = new BatchWriter(this.storage.store, this.storage.lane)
    this.findings = new FindingWatch(this)
    this.parts = gatewayParts(this)
    this.follower = followLog(
      this.storage,
      this.publishedSequence,
      (item) => this.publish(item),
      (cause) => this.log.warn('the log could not be read on; it is tried again', { reason: String(cause) }),
    )
  }

  static async open(needs: GatewayNeeds): Promise<Gateway> {
    const { storage, clock } = needs
    const current = new CityInForce(needs.city)
    const book = await SituationBook.open(storage.journal, storage.lane, clock.now)
    const latest = await LatestBook.open({
      store: storage.store,
      indicator: (code) => current.indicator(code),
      indicators: () => current.city.indicators,
      regions: () => current.city.regions,
      root: () => current.city.city.root,
      once: () => current.once,
      timeZone: () => current.city.city.timeZone,
      now: clock.now,
    })
    return new Gateway(needs, current, book, latest)
  }

  city(): City {
    return this.current.city
  }

  ingest(): Ingest {
    return this.inTurn.running
  }

  /** Undefined until sources are started. */
  features(): Features | undefined {
    return this.things
  }

  indicator(code: string): Indicator | undefined {
    return this.current.indicator(code)
  }

  onceSources(): ReadonlySet<string> {
    return this.current.once
  }

  /** Sequence of the last item that was folded and handed to the screens. */
  published(): number {
    return this.publishedSequence
  }

  /**
   * Resolves when no more can become known as of that instant: writes that were stamped before it are through the lane.
   * The future is not known at all.
   */
  async settled(asOf: string | undefined): Promise<void> {
    if (asOf === undefined) return
    const ageMs = this.clock.now() - Date.parse(asOf)
    if (ageMs < 0)
      throw new ProblemError(422, 'asOf lies in the future', { detail: 'Nothing is known of it yet.' })
    if (ageMs >= recentMs) return
    await this.writer.write({ observations: [], lineages: [] })
    for (const part of this.parts) await part.settled?.()
  }

  async healthz() {
    const sources = this.inTurn.running.health()
    const ok = sources.filter(({ state }) => state === 'ok').length
    const store = await answersSoon(this.storage.store)
    return {
      status: store && ok === sources.length ? ('ok' as const) : ('degraded' as const),
      store: store ? ('ok' as const) : ('unavailable' as const),
      city: this.current.city.city.id,
      sequence: this.storage.lane.last(),
      sources: { ok, all: sources.length },
      serverTime: toInstant(this.clock.now()),
    }
  }

  /** Once: a city that changed before waits for it too. */
  async startSources(): Promise<void> {
    await this.inTurn.start()
  }

  private startAll(): Ingest {
    const things = this.startFeatures()
    try {
      const figures = this.startFigures()
      this.things = things
      for (const part of this.parts) part.start?.()
      return together(figures, things)
    } catch (cause) {
      void things.stop()
      throw cause
    }
  }

  private startFigures(): Ingest {
    const { city } = this.current
    const { adapters, variables, root, secret } = this.needs
    return startIngest(city, {
      adapters,
      writer: this.writer,
      log: this.log,
      variables,
      world: { root, timeZone: city.city.timeZone, now: this.clock.now, secret },
      warnings: {
        known: (id) => this.book.now().warnings.get(id),
        command: (command, actor) => this.book.command(command, actor),
      },
      historyDone: (indicator) => this.publishRecompared(indicator),
      healthChanged: () => this.healthChanged(),
    })
  }

  private healthChanged(): void {
    for (const part of this.parts) part.healthChanged?.()
  }

  private startFeatures(): Features {
    const { variables, root, secret } = this.needs
    const { city } = this.current
    const parts = {
      history: this.storage.features,
      log: this.log,
      variables,
      world: { root, timeZone: city.city.timeZone, now: this.clock.now, secret },
      changed: () => this.healthChanged(),
      news: (collection: FeatureCollection, news: FeatureNews) => {
        this.screens.send({
          name: 'features',
          bodyFor: (viewer) => (seesCollection(viewer, collection) ? news : undefined),
        })
        void this.findings.look(collection.id)
      },
    }
    return new Features(city, parts, this.things)
  }

  /**
   * A changed city takes the place of the old one: sources start again from their cursors, screens fetch the catalogue.
   * @throws where its sources would not start: the old city stays in force
   */
  async changeCity(next: City): Promise<void> {
    await this.inTurn.change(next)
    this.screens.send({ name: 'catalogue', bodyFor: () => ({ hash: next.hash }) })
  }

  private async enforce(city: City): Promise<void> {
    this.current.change(city)
    await this.latest.cityChanged()
    for (const part of this.parts) await part.cityChanged?.(city)
  }

  /** Events after a sequence up to what is published at the moment of the call. */
  readonly replay: Replay = (after) => this.replayUpTo(after, this.publishedSequence)

  async close(): Promise<void> {
    this.screens.close()
    // First: a change that is under way would start the parts again.
    await this.inTurn.close()
    for (const part of this.parts) await part.stop?.()
    await this.findings.settled()
    await this.follower.stop()
    await this.storage.close()
  }

  private async publish(item: LogItem): Promise<void> {
    if ('record' in item) this.book.fold(item.record)
    const newest = 'record' in item ? [] : await this.latest.accept(item.observations)
    if ('record' in item || newest.length > 0) this.screens.send(this.eventOf(item, newest))
    this.publishedSequence = item.sequence
    for (const part of this.parts) part.published?.(item, newest)
  }

  /** Growth rates of newest values change when their base years come in; that is no new observation and has no number. */
  private async publishRecompared({ code }: Indicator): Promise<void> {
    const changed = await this.latest.recompare(code)
    if (changed.length > 0) this.screens.send(this.observationEvent(changed))
  }

  private async replayUpTo(after: number, upTo: number): Promise<StreamEvent[] | undefined> {
    if (after > upTo || upTo - after > longestReplay) return undefined
    const events: StreamEvent[] = []
    for (let cursor = after; cursor < upTo;) {
      const items = await readLog(this.storage.store, this.storage.journal, cursor, upTo, 500)
      if (items.length === 0) break
      for (const item of items) {
        events.push(this.eventOf(item, 'record' in item ? [] : await this.toldAgain(item.observations)))
      }
      cursor = items.at(-1)!.sequence
    }
    return events
  }

  private async toldAgain(observations: readonly Observation[]): Promise<Observation[]> {
    return [...(await this.latest.compare(observations)), ...this.latest.rolledWith(observations)]
  }

  private eventOf(item: LogItem, observations: readonly Observation[]): StreamEvent {
    if (!('record' in item)) return this.observationEvent(observations, item.sequence)
    const { record, sequence } = item
    return {
      sequence,
      name: eventNameOf(record),
      bodyFor: (viewer) =>
        record.type !== 'alarm.fired' || this.sees(viewer, record.payload.indicator) ? record : undefined,
    }
  }

  private observationEvent(observations: readonly Observation[], sequence?: number): StreamEvent {
    return {
      ...(sequence === undefined ? {} : { sequence }),
      name: 'observation',
      bodyFor: (viewer) => {
        const seen = observations.filter(({ indicator }) => this.sees(viewer, indicator))
        return seen.length === 0 ? undefined : { observations: seen }
      },
    }
  }

  private sees(viewer: Viewer, code: string): boolean {
    const indicator = this.current.indicator(code)
    return indicator !== undefined && viewer.sees(indicator)
  }
}

/** Asked anew each time: the question itself starts a store's thread that has died, and a restart that fails shows here. */
async function answersSoon(store: Storage['store']): Promise<boolean> {
  const late = new AbortController()
  const answer = store.lastSequence().then(
    () => true,
    () => false,
  )
  const tooLate = sleep(healthPatienceMs, false, { signal: late.signal }).catch(() => false)
  const answers = await Promise.race([answer, tooLate])
  late.abort()
  return answers
}

/** The city as last loaded, with what is looked up in it all the time. */
class CityInForce {
  city: City
  once: ReadonlySet<string> = new Set()
  private byCode: ReadonlyMap<string, Indicator> = new Map()

  constructor(city: City) {
    this.city = city
    this.change(city)
  }

  change(next: City): void {
    this.city = next
    this.once = new Set(next.sources.filter(({ cadence }) => cadence === 'once').map(({ id }) => id))
    this.byCode = new Map(next.indicators.map((indicator) => [indicator.code, indicator]))
  }

  indicator(code: string): Indicator | undefined {
    return this.byCode.get(code)
  }
}
