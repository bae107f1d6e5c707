import { comparisonPeriods } from '../../src/domain/comparison.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import { toInstant } from '../../src/domain/instant.ts'
import { type Lineage, type Observation, seriesKey } from '../../src/domain/observation.ts'
import type { Region } from '../../src/domain/region.ts'
import { datedTrees } from '../../src/domain/regions-at.ts'
import { comparedRolled, rolledKey } from '../../src/domain/rolled-comparison.ts'
import {
  type RolledFigure,
  type RolledInput,
  parseLineageId,
  rolledFigures,
  rolledWeights,
} from '../../src/domain/rolled-figures.ts'
import { rolledLineage } from '../../src/domain/rolled-lineage.ts'
import { rollsUp, weightOf } from '../../src/domain/rollup-kind.ts'
import type { ObservationStore } from '../store/store.ts'

interface RollupParts {
  store: Pick<ObservationStore, 'latest' | 'series'>
  indicator(code: string): Indicator | undefined
  indicators(): readonly Indicator[]
  regions(): readonly Region[]
  root(): string
  /** Published historical records are never added up. */
  once(): ReadonlySet<string>
  timeZone(): string
}

interface RolledQuery {
  indicator: string
  region: string
  dims?: Record<string, string> | undefined
  from: string
  to: string
  asOf: string
}

const yearMs = 366 * 86_400_000
const mostPeriods = 20_000

/** Figures that no source tells but the units below a region do: made when asked for, never stored. */
export class Rollups {
  private readonly parts: RollupParts
  private trees: { of: readonly Region[]; at: RolledInput['treeAt']; below: (region: string) => string[] }

  constructor(parts: RollupParts) {
    this.parts = parts
    this.trees = treesOf(parts.regions())
  }

  /** The indicators whose rolled-up figures rest on these. */
  touchedBy(codes: Iterable<string>): string[] {
    const told = new Set(codes)
    return this.parts
      .indicators()
      .filter(({ rollup }) => rollsUp(rollup))
      .filter((one) => told.has(one.code) || weightsOf(one).some((code) => told.has(code)))
      .map(({ code }) => code)
  }

  /** Of every region without a series of its own, from the newest values known; not yet compared. */
  newest(known: readonly Observation[], code: string): Observation[] {
    const indicator = this.parts.indicator(code)
    if (!indicator || !rollsUp(indicator.rollup)) return []
    const told = this.running(known)
    const own = new Set(told.filter((seen) => seen.indicator === code).map(rolledKey))
    const found = new Map<string, Observation>()
    for (const { observation } of this.roll(indicator, told)) {
      const key = rolledKey(observation)
      const before = found.get(key)
      if (own.has(key) || (before && Date.parse(before.period.end) > Date.parse(observation.period.end)))
        continue
      found.set(key, observation)
    }
    return [...found.values()]
  }

  /** Every period of one region that its own source does not tell, with comparisons, oldest first. */
  async series(query: RolledQuery): Promise<Observation[]> {
    const indicator = this.parts.indicator(query.indicator)
    if (!indicator || !rollsUp(indicator.rollup)) return []
    // A year more, so that the first period has one to be compared with.
    const from = toInstant(Date.parse(query.from) - yearMs)
    const figures = await this.figures(indicator, { ...query, from })
    const wanted = query.dims && seriesKey('', '', query.dims)
    return figures
      .filter(({ observation: { period, dims } }) => {
        const startMs = Date.parse(period.start)
        return startMs >= Date.parse(query.from) && (!wanted || seriesKey('', '', dims) === wanted)
      })
      .map(comparedRolled(indicator, figures, this.parts.timeZone()))
  }

  /** The newest of every region as they were known at a past instant, compared. */
  async newestAsOf(codes: readonly string[], asOf: string): Promise<Observation[]> {
    const rolled = this.touchedBy(codes).filter((code) => codes.includes(code))
    if (rolled.length === 0) return []
    const known = await this.parts.store.latest({
      indicators: rolled.flatMap((code) => [code, ...weightsOf(this.parts.indicator(code)!)]),
      regions: this.parts.regions().map(({ code }) => code),
      asOf,
      onceSources: [...this.parts.once()],
    })
    const figures = rolled.flatMap((code) => this.newest(known, code))
    return Promise.all(figures.map((figure) => this.compare(figure, asOf)))
  }

  async compare(observation: Observation, asOf: string): Promise<Observation> {
    const indicator = this.parts.indicator(observation.indicator)
    if (!indicator || indicator.comparisons.length === 0) return observation
    const { period, region, dims } = observation
    const bases = comparisonPeriods(indicator, period, this.parts.timeZone()).flatMap((one) => one.base)
    const from = [...bases, period]
      .map(({ start }) => start)
      .sort((a, b) => Date.parse(a) - Date.parse(b))[0]!
    const to = toInstant(Date.parse(period.start) + 1)
    const query = { indicator: indicator.code, region, dims, from, to, asOf }
    const figures = await this.figures(indicator, query)
    const figure = figures.find((one) => one.observation.lineage === observation.lineage)
    return figure ? comparedRolled(indicator, figures, this.parts.timeZone())(figure) : observation
  }

  /** The record behind a rolled-up figure: which figures of which units went in. Made again from what was known then. */
  async lineage(id: string): Promise<Lineage | undefined> {
    const named = parseLineageId(id)
    const indicator = named && this.parts.indicator(named.indicator)
    if (!indicator || !rollsUp(indicator.rollup)) return undefined
    const figures = await this.figures(indicator, {
      indicator: indicator.code,
      region: named.region,
      from: toInstant(named.startMs),
      to: toInstant(named.startMs + 1),
      asOf: toInstant(named.knownMs),
    })
    const figure = figures.find(({ observation }) => observation.lineage === id)
    return figure && rolledLineage(indicator, figure)
  }

  private async figures(indicator: Indicator, query: RolledQuery): Promise<RolledFigure[]> {
    const { region, from, to, asOf } = query
    const codes = [indicator.code, ...weightsOf(indicator)]
    const { store } = this.parts
    const newest = await store.latest({
      indicators: codes,
      regions: [region, ...this.tree().below(region)],
      asOf,
      onceSources: [...this.parts.once()],
    })
    const running = this.running(newest)
    const asked = new Map(running.map((seen) => [`${seen.indicator}|${seen.region}`, seen]))
    const told = await Promise.all(
      [...asked.values()].map((seen) =>
        store.series({ indicator: seen.indicator, region: seen.region, from, to, asOf, limit: mostPeriods }),
      ),
    )
    const ownEnds = new Map(
      running
        .filter((seen) => seen.indicator === indicator.code)
        .map((seen) => [rolledKey(seen), seen.period.end]),
    )
    return this.roll(indicator, this.running(told.flat()), (code, dims) =>
      ownEnds.get(seriesKey(indicator.code, code, dims)),
    )
      .filter(({ observation }) => observation.region === region)
      .sort((a, b) => Date.parse(a.observation.period.end) - Date.parse(b.observation.period.end))
  }

  private roll(
    indicator: Indicator,
    told: readonly Observation[],
    ownNewestEnd?: RolledInput['ownNewestEnd'],
  ): RolledFigure[] {
    const world = { root: this.parts.root(), zone: this.parts.timeZone(), treeAt: this.tree().at }
    const [weight] = weightsOf(indicator)
    const definition = weight === undefined ? undefined : this.parts.indicator(weight)
    const weights = definition ? rolledWeights({ ...world, indicator: definition, observations: told }) : []
    const observations = told.filter((seen) => seen.indicator === indicator.code)
    return rolledFigures({
      ...world,
      indicator,
      observations,
      weights,
      ...(ownNewestEnd === undefined ? {} : { ownNewestEnd }),
    })
  }

  private running(observations: readonly Observation[]): Observation[] {
    const once = this.parts.once()
    return observations.filter(({ source }) => !once.has(source))
  }

  /** A city that was edited has other regions: its trees are made anew. */
  private tree() {
    const regions = this.parts.regions()
    if (this.trees.of !== regions) this.trees = treesOf(regions)
    return this.trees
  }
}

function treesOf(regions: readonly Region[]) {
  const inner = new Map<string, Set<string>>()
  for (const { code, parent, level } of regions) {
    if (parent === undefined || level === 'zone') continue
    inner.set(parent, (inner.get(parent) ?? new Set()).add(code))
  }
  const below = (region: string): string[] =>
    [...(inner.get(region) ?? [])].flatMap((code) => [code, ...below(code)])
  return { of: regions, at: datedTrees(regions), below }
}

function weightsOf({ rollup }: Indicator): string[] {
  const weight = weightOf(rollup)
  return weight === undefined ? [] : [weight]
}
