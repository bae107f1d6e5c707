import { comparisonPeriods, comparisonsFor } from '../src/domain/comparison.ts'
import type { Indicator } from '../src/domain/indicator.ts'
import { toInstant } from '../src/domain/instant.ts'
import { type Observation, type Period, seriesKey } from '../src/domain/observation.ts'
import type { ObservationStore } from './store/store.ts'

export interface LatestQuery {
  indicators: readonly string[]
  regions?: readonly string[] | undefined
  asOf?: string | undefined
}

export interface LatestParts {
  store: ObservationStore
  indicator(code: string): Indicator | undefined
  regions(): readonly string[]
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
  private readonly newest = new Map<string, Observation>()

  private constructor(parts: LatestParts) {
    this.parts = parts
  }

  static async open(parts: LatestParts, indicators: readonly string[]): Promise<LatestBook> {
    const book = new LatestBook(parts)
    const query = { indicators, regions: parts.regions(), asOf: book.soon(), onceSources: [...parts.once()] }
    for (const observation of await book.compare(await parts.store.latest(query))) book.keep(observation)
    return book
  }

  async read({ indicators, regions, asOf }: LatestQuery): Promise<Observation[]> {
    if (asOf !== undefined) {
      const query = {
        indicators,
        regions: regions ?? this.parts.regions(),
        asOf,
        onceSources: [...this.parts.once()],
      }
      return this.compare(await this.parts.store.latest(query), asOf)
    }
    const [codes, places] = [new Set(indicators), regions && new Set(regions)]
    return [...this.newest.values()].filter(
      ({ indicator, region }) => codes.has(indicator) && (!places || places.has(region)),
    )
  }

  /** Takes observations from the log; answers those that are now the newest of their series, with comparisons. */
  async accept(observations: readonly Observation[]): Promise<Observation[]> {
    const candidates = observations.filter((observation) => this.isNewest(observation))
    const latest = [
      ...new Map(candidates.map((observation) => [this.keyOf(observation), observation])).values(),
    ]
    const accepted = (await this.compare(latest)).filter((observation) => this.isNewest(observation))
    for (const observation of accepted) this.keep(observation)
    return accepted
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
    const known = [...this.newest.values()].filter((observation) => observation.indicator === indicator)
    const compared = await this.compare(known)
    const changed = compared.filter(
      ({ comparisons }, nth) => JSON.stringify(comparisons) !== JSON.stringify(known[nth]!.comparisons),
    )
    const current = changed.filter((observation) => this.isNewest(observation))
    for (const observation of current) this.keep(observation)
    return current
  }

  get(indicator: string, region: string, dims?: Record<string, string>): Observation | undefined {
    const key = seriesKey(indicator, region, dims)
    return this.newest.get(`live|${key}`) ?? this.newest.get(`once|${key}`)
  }

  all(): Iterable<Observation> {
    return this.newest.values()
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
    const known = this.newest.get(this.keyOf(observation))
    if (!known) return true
    const order = Date.parse(observation.period.end) - Date.parse(known.period.end)
    return order > 0 || (order === 0 && observation.revision >= known.revision)
  }

  private keep(observation: Observation): void {
    this.newest.set(this.keyOf(observation), observation)
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
