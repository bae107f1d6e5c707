import { comparisonPeriods, comparisonsFor } from '../src/domain/comparison.ts'
import type { Indicator } from '../src/domain/indicator.ts'
import { toInstant } from '../src/domain/instant.ts'
import { type Observation, type Period, seriesKey } from '../src/domain/observation.ts'
import type { Region } from '../src/domain/region.ts'
import { RolledBook } from './derive/rolled-book.ts'
import { Rollups } from './derive/rollups.ts'
import type { ObservationStore } from './store/store.ts'
import { createTurns } from './store/turns.ts'

export interface LatestQuery {
  indicators: readonly string[]
  regions?: readonly string[] | undefined
  asOf?: string | undefined
}

export interface LatestParts {
  store: ObservationStore
  indicator(code: string): Indicator | undefined
  indicators(): readonly Indicator[]
  regions(): readonly Region[]
  root(): string
  once(): ReadonlySet<string>
  timeZone(): string
  now(): number
}

/**
 * The newest observation of every series in memory, with its comparisons, so that the first answer of a page costs no query.
 * Past instants are read from the store.
 */
export class LatestBook {
  private readonly parts: LatestParts
  /** By indicator, then by class and series. */
  private readonly newest = new Map<string, Map<string, Observation>>()
  private readonly rolled: RolledBook
  /** Two at once could put an older sum over a newer one. */
  private readonly rollingUp = createTurns(1)
  /** Figures that the units below a region make up where it has none of its own. */
  readonly rollups: Rollups

  private constructor(parts: LatestParts) {
    this.parts = parts
    this.rollups = new Rollups(parts)
    this.rolled = new RolledBook(this.rollups)
  }

  static async open(parts: LatestParts): Promise<LatestBook> {
    const book = new LatestBook(parts)
    const indicators = parts.indicators().map(({ code }) => code)
    const query = {
      indicators,
      regions: book.regionCodes(),
      asOf: book.soon(),
      onceSources: [...parts.once()],
    }
    for (const observation of await book.compare(await parts.store.latest(query))) book.keep(observation)
    await book.cityChanged()
    return book
  }

  /** Other units, indicators or weights make other sums. */
  async cityChanged(): Promise<void> {
    const codes = this.parts.indicators().map(({ code }) => code)
    await this.rollUp(codes, { pastChanged: true })
  }

  async read({ indicators, regions, asOf }: LatestQuery): Promise<Observation[]> {
    if (asOf !== undefined) {
      const query = {
        indicators,
        regions: regions ?? this.regionCodes(),
        asOf,
        onceSources: [...this.parts.once()],
      }
      const [told, rolled] = await Promise.all([
        this.parts.store.latest(query),
        this.rollups.newestAsOf(indicators, asOf),
      ])
      const places = new Set(query.regions)
      return [...(await this.compare(told, asOf)), ...rolled.filter(({ region }) => places.has(region))]
    }
    const [codes, places] = [new Set(indicators), regions && new Set(regions)]
    return [...this.all()].filter(
      ({ indicator, region }) => codes.has(indicator) && (!places || places.has(region)),
    )
  }

  /** Takes observations from the log; answers those that are now the newest of their series, with comparisons, and the sums they changed. */
  async accept(observations: readonly Observation[]): Promise<Observation[]> {
    const candidates = observations.filter((observation) => this.isNewest(observation))
    const latest = [
      ...new Map(candidates.map((observation) => [this.keyOf(observation), observation])).values(),
    ]
    const accepted = (await this.compare(latest)).filter((observation) => this.isNewest(observation))
    for (const observation of accepted) this.keep(observation)
    const codes = new Set(accepted.map(({ indicator }) => indicator))
    for (const code of this.rolled.showsPeriodOf(observations)) codes.add(code)
    for (const code of this.rolled.overdue(this.parts.now())) codes.add(code)
    return [...accepted, ...(await this.rollUp(codes, { pastChanged: false }))]
  }

  /** Sums as they stand now that rest on one of these observations: for a page that was away while they changed. */
  rolledWith(observations: readonly Observation[]): Observation[] {
    const touched = new Set(this.rollups.touchedBy(observations.map(({ indicator }) => indicator)))
    return [...this.rolled.all()].filter(({ indicator }) => touched.has(indicator))
  }

  async compare(observations: readonly Observation[], asOf?: string): Promise<Observation[]> {
    const answers: Observation[] = []
    // In groups, so that a long series does not queue thousands of questions on the store at once.
    for (let at = 0; at < observations.length; at += 64) {
      const group = observations.slice(at, at + 64)
      answers.push(...(await Promise.all(group.map((observation) => this.compareOne(observation, asOf)))))
    }
    return answers
  }

  /** Compares the newest values of an indicator again (its history has come in); answers those that changed. */
  async recompare(indicator: string): Promise<Observation[]> {
    const known = this.of(indicator)
    const compared = await this.compare(known)
    const changed = compared.filter(
      ({ comparisons }, nth) => JSON.stringify(comparisons) !== JSON.stringify(known[nth]!.comparisons),
    )
    const current = changed.filter((observation) => this.isNewest(observation))
    for (const observation of current) this.keep(observation)
    return [...current, ...(await this.rollUp([indicator], { pastChanged: true }))]
  }

  get(indicator: string, region: string, dims?: Record<string, string>): Observation | undefined {
    const key = seriesKey(indicator, region, dims)
    const own = this.newest.get(indicator)
    return own?.get(`live|${key}`) ?? this.rolled.get(indicator, region, dims) ?? own?.get(`once|${key}`)
  }

  all(): Iterable<Observation> {
    return [...[...this.newest.values()].flatMap((own) => [...own.values()]), ...this.rolled.all()]
  }

  private rollUp(codes: Iterable<string>, past: { pastChanged: boolean }): Promise<Observation[]> {
    return this.rollingUp(() => this.rolled.refresh((code) => this.of(code), codes, this.soon(), past))
  }

  private of(indicator: string): Observation[] {
    return [...(this.newest.get(indicator)?.values() ?? [])]
  }

  private regionCodes(): string[] {
    return [...new Set(this.parts.regions().map(({ code }) => code))]
  }

  private async compareOne(observation: Observation, asOf = this.soon()): Promise<Observation> {
    const indicator = this.parts.indicator(observation.indicator)
    if (!indicator || observation.value === null) return observation
    const zone = this.parts.timeZone()
    const needed = uniquePeriods(
      comparisonPeriods(indicator, observation.period, zone).flatMap(({ added, base }) => [
        ...added,
        ...base,
      ]),
    )
    const { region, dims, provenance } = observation
    const found = await Promise.all(
      [...needed.values()].map(({ start, end }) =>
        this.parts.store.at({
          indicator: indicator.code,
          region,
          dims,
          periodStart: start,
          periodEnd: end,
          asOf,
          real: provenance === 'real',
        }),
      ),
    )
    const byPeriod = new Map([...needed.keys()].map((key, nth) => [key, found[nth]]))
    const lookup = (start: string, end: string) => byPeriod.get(`${start}/${end}`)
    return { ...observation, comparisons: comparisonsFor(indicator, observation, lookup, zone) }
  }

  private isNewest(observation: Observation): boolean {
    const known = this.newest.get(observation.indicator)?.get(this.keyOf(observation))
    if (!known) return true
    const order = Date.parse(observation.period.end) - Date.parse(known.period.end)
    return order > 0 || (order === 0 && observation.revision >= known.revision)
  }

  private keep(observation: Observation): void {
    const own = this.newest.get(observation.indicator) ?? new Map<string, Observation>()
    this.newest.set(observation.indicator, own.set(this.keyOf(observation), observation))
  }

  private keyOf({ source, indicator, region, dims }: Observation): string {
    return `${this.parts.once().has(source) ? 'once' : 'live'}|${seriesKey(indicator, region, dims)}`
  }

  /** A moment ahead, so that what was received in this same millisecond is known too. */
  private soon(): string {
    return toInstant(this.parts.now() + 1_000)
  }
}

function uniquePeriods(periods: readonly Period[]): Map<string, Period> {
  return new Map(periods.map((period) => [`${period.start}/${period.end}`, period]))
}
