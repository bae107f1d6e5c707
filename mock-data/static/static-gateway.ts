import { comparisonPeriods, comparisonsFor } from '../../src/domain/comparison.ts'
import type { JournalRecord } from '../../src/domain/command.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import { toInstant } from '../../src/domain/instant.ts'
import type { Observation } from '../../src/domain/observation.ts'
import type { FeatureNews } from '../../src/domain/wire.ts'
import { DemoFeatures } from './demo-features.ts'
import { DemoRollups } from './demo-rollups.ts'
import { DemoSituation } from './demo-situation.ts'
import { type DemoSources, demoSources, type Feed } from './demo-sources.ts'
import { MemoryStore } from './memory-store.ts'
import type { StaticCity } from './static-city.ts'

export type DemoEvent =
  | { kind: 'observation'; id: number; observations: Observation[] }
  | { kind: 'record'; id: number; record: JournalRecord }
  /** Has no number: one who was away asks again. */
  | { kind: 'features'; news: FeatureNews }

const keptEvents = 2_000

/**
 * The gateway's work inside a page: the demo city's sources read through the real adapters, stored, compared, watched
 * and counted by the same domain code. It forgets everything with the page and takes no commands.
 */
export class StaticGateway {
  readonly city: StaticCity
  readonly store: MemoryStore
  readonly rollups: DemoRollups
  private readonly now: () => number
  private readonly seed: string
  private readonly indicators: ReadonlyMap<string, Indicator>
  private readonly demo: DemoSituation
  readonly features: DemoFeatures
  private sources: DemoSources | undefined
  private readonly due = new Map<Feed, number>()
  private readonly pasts = new Map<string, Promise<void>>()
  private readonly events: DemoEvent[] = []
  private readonly hearers = new Set<(event: DemoEvent) => void>()
  sequence = 0

  private constructor(city: StaticCity, seed: string, now: () => number) {
    this.city = city
    this.seed = seed
    this.now = now
    const once = new Set(city.sources.filter(({ cadence }) => cadence === 'once').map(({ id }) => id))
    this.store = new MemoryStore(once)
    this.rollups = new DemoRollups(city, this.store, now)
    this.indicators = new Map(city.indicators.map((indicator) => [indicator.code, indicator]))
    this.features = new DemoFeatures(city, { city, seed, now })
    this.demo = new DemoSituation(city, once, () => ++this.sequence)
  }

  /** Resolves once every source was read, so that the first answer is whole. */
  static async start(city: StaticCity, seed: string, now: () => number): Promise<StaticGateway> {
    const gateway = new StaticGateway(city, seed, now)
    gateway.sources = await demoSources(city, { city, seed, now })
    await gateway.look()
    return gateway
  }

  get nowMs(): number {
    return this.now()
  }

  situation() {
    return this.demo.situation
  }

  health() {
    return [...this.sources!.health(), ...this.features.health()]
  }

  refusals(source: string) {
    return this.sources!.refusals(source)
  }

  latest(): Observation[] {
    return [...this.store.newest().map((observation) => this.compared(observation)), ...this.rollups.newest()]
  }

  /** Answers what stops it. `after`: only what came later. */
  hear(after: number, hearer: (event: DemoEvent) => void): () => void {
    for (const event of this.events) if ('id' in event && event.id > after) hearer(event)
    this.hearers.add(hearer)
    return () => this.hearers.delete(hearer)
  }

  /** One round: due sources, what happened in the city, rules, counts. */
  async look(): Promise<void> {
    const nowMs = this.now()
    const due = this.sources!.feeds.filter((feed) => (this.due.get(feed) ?? 0) <= nowMs)
    const arrived: Observation[] = []
    for (const feed of due) {
      this.due.set(feed, nowMs + feed.pollMs)
      const { drafts, lineages } = await feed.read('recent')
      arrived.push(...this.store.append(drafts, lineages))
    }
    const records = [...this.demo.follow(this.seed, nowMs), ...this.demo.watch(this.store.newest(), nowMs)]
    arrived.push(
      ...this.store.append(this.demo.count(this.store.newest(), this.health(), nowMs), [countLineage(nowMs)]),
    )
    for (const record of records) this.tell({ kind: 'record', id: record.sequence, record })
    this.tellNewest(arrived)
    for (const news of await this.features.look()) this.tell({ kind: 'features', news })
  }

  /** Reads an indicator's past once; comparisons and series need it, the first figures do not. */
  past(code: string): Promise<void> {
    const asked = this.pasts.get(code) ?? this.readPast(code)
    this.pasts.set(code, asked)
    return asked
  }

  private async readPast(code: string): Promise<void> {
    const feeds = this.sources!.feeds.filter(
      ({ indicator, source }) => indicator.code === code && source.cadence !== 'once',
    )
    for (const feed of feeds) {
      const { drafts, lineages } = await feed.read('past')
      this.store.append(drafts, lineages)
    }
    if ((this.indicators.get(code)?.comparisons.length ?? 0) === 0) return
    this.tellNewest(this.store.newest().filter(({ indicator }) => indicator === code))
  }

  /** Codes whose newest values can be compared once their past is read. */
  comparable(): string[] {
    return this.city.indicators.filter(({ comparisons }) => comparisons.length > 0).map(({ code }) => code)
  }

  compared(observation: Observation): Observation {
    const indicator = this.indicators.get(observation.indicator)
    if (!indicator || observation.value === null) return observation
    const zone = this.city.city.timeZone
    const lookup = (start: string, end: string) => this.store.at(observation, start, end)
    if (
      comparisonPeriods(indicator, observation.period, zone).length === 0 &&
      !indicator.comparisons.includes('target')
    )
      return observation
    return { ...observation, comparisons: comparisonsFor(indicator, observation, lookup, zone) }
  }

  private tellNewest(observations: readonly Observation[]): void {
    const newest = observations
      .filter((observation) => this.store.isNewest(observation))
      .map((observation) => this.compared(observation))
    if (newest.length === 0) return
    const rolled = this.rollups.newest(new Set(newest.map(({ indicator }) => indicator)))
    this.tell({ kind: 'observation', id: ++this.sequence, observations: [...newest, ...rolled] })
  }

  private tell(event: DemoEvent): void {
    if ('id' in event) this.events.push(event)
    if (this.events.length > keptEvents) this.events.shift()
    for (const hearer of this.hearers) hearer(event)
  }
}

function countLineage(nowMs: number) {
  return {
    id: 'situation-1',
    adapter: 'situation',
    adapterVersion: '1',
    source: 'situation',
    request: 'the folded records of this page',
    fetchedAt: toInstant(nowMs),
    rawSha256: '',
    steps: [{ step: 'count', detail: 'src/domain/cockpit-counts.ts over the folded records' }],
  }
}
