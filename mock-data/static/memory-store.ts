import { type Lineage, type Observation, seriesKey } from '../../src/domain/observation.ts'

export type DraftObservation = Omit<Observation, 'revision'>

interface Series {
  once: boolean
  indicator: string
  region: string
  /** By period. */
  periods: Map<string, Observation>
  newest: Observation
}

/** The observations of one page's life: by the gateway's rules of revision, duplicate and rank, without its disk. */
export class MemoryStore {
  private readonly once: ReadonlySet<string>
  private readonly kept = new Map<string, Series>()
  private readonly lineages = new Map<string, Lineage>()

  constructor(once: ReadonlySet<string>) {
    this.once = once
  }

  /** What was really new. A synthetic value never takes a period that has a published one. */
  append(drafts: readonly DraftObservation[], lineages: readonly Lineage[]): Observation[] {
    for (const lineage of lineages) this.lineages.set(lineage.id, lineage)
    return drafts.flatMap((draft) => this.appendOne(draft) ?? [])
  }

  private appendOne(draft: DraftObservation): Observation | undefined {
    const once = this.once.has(draft.source)
    const period = periodKey(draft.period)
    const published = this.kept.get(`h|${keyOf(draft)}`)?.periods.get(period)
    if (draft.provenance === 'synthetic' && published?.provenance === 'real') return undefined
    const series = this.kept.get(`${once ? 'h' : 'r'}|${keyOf(draft)}`)
    const before = series?.periods.get(period)
    if (before && before.value === draft.value && before.status === draft.status) return undefined
    const observation = { ...draft, revision: before ? before.revision + 1 : 0 }
    if (!series) this.open(observation, once)
    else {
      series.periods.set(period, observation)
      if (Date.parse(draft.period.end) >= Date.parse(series.newest.period.end)) series.newest = observation
    }
    return observation
  }

  private open(observation: Observation, once: boolean): void {
    this.kept.set(`${once ? 'h' : 'r'}|${keyOf(observation)}`, {
      once,
      indicator: observation.indicator,
      region: observation.region,
      periods: new Map([[periodKey(observation.period), observation]]),
      newest: observation,
    })
  }

  newest(): Observation[] {
    return [...this.kept.values()].map((series) => series.newest)
  }

  isNewest(observation: Observation): boolean {
    const series = this.kept.get(`${this.once.has(observation.source) ? 'h' : 'r'}|${keyOf(observation)}`)
    return series?.newest === observation
  }

  /** Series of one indicator and region, oldest period first, half-open [from, to) on the period's start. */
  series(
    indicator: string,
    region: string,
    from: string,
    to: string,
  ): { once: boolean; observations: Observation[] }[] {
    const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
    const within = ({ period }: Observation): boolean =>
      Date.parse(period.start) >= fromMs && Date.parse(period.start) < toMs
    return [...this.kept.values()]
      .filter((series) => series.indicator === indicator && series.region === region)
      .map(({ once, periods }) => ({
        once,
        observations: [...periods.values()]
          .filter(within)
          .toSorted((a, b) => Date.parse(a.period.end) - Date.parse(b.period.end)),
      }))
      .filter(({ observations }) => observations.length > 0)
  }

  /** Everything that running sources told of an indicator, anywhere and of any period. */
  running(indicator: string): Observation[] {
    return [...this.kept.values()]
      .filter((series) => series.indicator === indicator && !series.once)
      .flatMap(({ periods }) => [...periods.values()])
  }

  /** The observation of exactly this period, of the same kind: real ones are compared with real ones only. */
  at(like: Observation, start: string, end: string): Observation | undefined {
    const key = keyOf(like)
    return ['r', 'h']
      .map((kind) => this.kept.get(`${kind}|${key}`)?.periods.get(`${start}/${end}`))
      .find((found) => found !== undefined && (found.provenance === 'real') === (like.provenance === 'real'))
  }

  lineage(id: string): Lineage | undefined {
    return this.lineages.get(id)
  }
}

function keyOf({ indicator, region, dims }: Pick<Observation, 'indicator' | 'region' | 'dims'>): string {
  return seriesKey(indicator, region, dims)
}

function periodKey({ start, end }: Observation['period']): string {
  return `${start}/${end}`
}
