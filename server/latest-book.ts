import { comparisonPeriods, comparisonsFor } from '../src/domain/comparison.ts'
import type { Indicator } from '../src/domain/indicator.ts'
import { toInstant } from '../src/domain/instant.ts'
import { type Observation, seriesKey } from '../src/domain/observation.ts'
import type { ObservationStore } from './store/store.ts'

export interface LatestQuery {
  indicators: readonly string[]
  regions?: readonly string[] | undefined
  asOf?: string | undefined
}

/**
 * The newest observation of every series in memory, with its comparisons, so that the first answer of a page costs no query.
 * Past instants are read from the store.
 */
export interface LatestBook {
  read(query: LatestQuery): Promise<Observation[]>
  /** Takes observations from the log; answers them with comparisons. */
  accept(observations: readonly Observation[]): Promise<Observation[]>
  compare(observations: readonly Observation[], asOf?: string): Promise<Observation[]>
  /** Compares the newest values of an indicator again (its history has come in); answers those that changed. */
  recompare(indicator: string): Promise<Observation[]>
  get(indicator: string, region: string, dims?: Record<string, string>): Observation | undefined
  all(): Iterable<Observation>
}

export interface LatestParts {
  store: ObservationStore
  indicator(code: string): Indicator | undefined
  regions(): readonly string[]
  once(): ReadonlySet<string>
  timeZone(): string
  now(): number
}

export async function openLatestBook(parts: LatestParts, indicators: readonly string[]): Promise<LatestBook> {
  const newest = new Map<string, Observation>()
  const keyOf = (observation: Observation) => `${parts.once().has(observation.source) ? 'once' : 'live'}|${seriesKey(observation.indicator, observation.region, observation.dims)}`

  async function compareOne(observation: Observation, asOf: string | undefined): Promise<Observation> {
    const indicator = parts.indicator(observation.indicator)
    if (!indicator || observation.value === null) return observation
    const periods = comparisonPeriods(indicator, observation.period, parts.timeZone()).flatMap(({ added, base }) => [...added, ...base])
    const needed = [...new Map(periods.map((period) => [`${period.start}/${period.end}`, period])).values()]
    const bases = await Promise.all(
      needed.map((period) =>
        parts.store.at({
          indicator: observation.indicator, region: observation.region, dims: observation.dims, periodStart: period.start, periodEnd: period.end,
          asOf: asOf ?? toInstant(parts.now() + 1_000), real: observation.provenance === 'real',
        }),
      ),
    )
    const byPeriod = new Map(needed.map((period, nth) => [`${period.start}/${period.end}`, bases[nth]]))
    return { ...observation, comparisons: comparisonsFor(indicator, observation, (start, end) => byPeriod.get(`${start}/${end}`), parts.timeZone()) }
  }

  const compare: LatestBook['compare'] = async (observations, asOf) => {
    const answers: Observation[] = []
    // In groups, so that a long series does not queue thousands of questions on the store at once.
    for (let at = 0; at < observations.length; at += 64) {
      answers.push(...(await Promise.all(observations.slice(at, at + 64).map((observation) => compareOne(observation, asOf)))))
    }
    return answers
  }
  function isNewer(observation: Observation): boolean {
    const known = newest.get(keyOf(observation))
    if (!known) return true
    const [start, knownStart] = [Date.parse(observation.period.end), Date.parse(known.period.end)]
    return start > knownStart || (start === knownStart && observation.revision >= known.revision)
  }
  const keep = (observation: Observation) => void newest.set(keyOf(observation), observation)

  const stored = await parts.store.latest({ indicators, regions: parts.regions(), asOf: toInstant(parts.now() + 1_000), onceSources: [...parts.once()] })
  ;(await compare(stored)).forEach(keep)

  return {
    compare,
    async accept(observations) {
      const fresh: Observation[] = []
      for (const observation of observations) if (isNewer(observation)) fresh.push(observation)
      const latestOnly = [...new Map(fresh.map((observation) => [keyOf(observation), observation])).values()]
      const compared = (await compare(latestOnly)).filter(isNewer)
      compared.forEach(keep)
      return compared
    },
    async recompare(indicator) {
      const known = [...newest.values()].filter((observation) => observation.indicator === indicator)
      const changed = (await compare(known)).filter((observation, nth) => JSON.stringify(observation.comparisons) !== JSON.stringify(known[nth]!.comparisons))
      const current = changed.filter(isNewer)
      current.forEach(keep)
      return current
    },
    async read({ indicators: wanted, regions, asOf }) {
      if (asOf !== undefined) {
        const past = await parts.store.latest({ indicators: wanted, regions: regions ?? parts.regions(), asOf, onceSources: [...parts.once()] })
        return compare(past, asOf)
      }
      const [codes, places] = [new Set(wanted), regions && new Set(regions)]
      return [...newest.values()].filter((observation) => codes.has(observation.indicator) && (!places || places.has(observation.region)))
    },
    get: (indicator, region, dims) => newest.get(`live|${seriesKey(indicator, region, dims)}`) ?? newest.get(`once|${seriesKey(indicator, region, dims)}`),
    all: () => newest.values(),
  }
}
