import { comparisonPeriods } from '../../src/domain/comparison.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import { toInstant } from '../../src/domain/instant.ts'
import { type Lineage, type Observation, type Period, seriesKey } from '../../src/domain/observation.ts'
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
import { periodsBefore, standingFigures, standsUntil } from '../../src/domain/rolled-standing.ts'
import { rollsUp, weightOf } from '../../src/domain/rollup-kind.ts'
import { ProblemError } from '../problem.ts'
import type { ObservationStore } from '../store/store.ts'
import { readSpans } from './read-spans.ts'

export interface RollupParts {
  store: Pick<ObservationStore, 'latest' | 'series' | 'atMany'>
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

type Span = Pick<Period, 'start' | 'end'>

const mostPeriods = 20_000
/** Periods of units that are asked for in one question. */
const mostAsked = 5_000
/** Instants at which units told something lately, where each tells at its own. */
const mostRecent = 12

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

  /** The indicators whose figures go into those of this one: itself and its weights. None where nothing is rolled up. */
  restsOn(code: string): string[] {
    const indicator = this.rolled(code)
    return indicator ? [code, ...weightsOf(indicator)] : []
  }

  /** Epoch milliseconds until which a figure stands against newer ones made of fewer units. */
  standsUntil({ indicator, period }: Observation): number {
    return standsUntil(this.rolled(indicator)!, period)
  }

  /**
   * Of every region without a series of its own the newest figure that is made of most units (domain/rolled-standing.ts).
   * @param known the newest values of the indicator and its weight
   * @param shown periods that stand by now, which may stay
   */
  async newest(
    known: readonly Observation[],
    code: string,
    asOf: string,
    shown: readonly Period[] = [],
  ): Promise<RolledFigure[]> {
    const indicator = this.rolled(code)
    if (!indicator) return []
    const told = this.running(known)
    const own = new Set(told.filter((seen) => seen.indicator === code).map(rolledKey))
    const ownless = (figures: readonly RolledFigure[]) =>
      figures.filter(({ observation }) => !own.has(rolledKey(observation)))
    const nowMs = Date.parse(asOf)
    const last = lastOf(ownless(this.roll(indicator, told)))
    if (last.every(({ fullness }) => fullness === 1)) return last
    // Units that told of a newer period are no longer known with the one before, so that has to be read.
    const periods = this.recentPeriods(indicator, told, last, nowMs)
    const read = await this.read(told, [...periods, ...shown], asOf)
    return standingFigures(indicator, ownless(this.roll(indicator, read)), nowMs)
  }

  /**
   * Every period of one region that its own source does not tell, with comparisons, oldest first.
   * @throws ProblemError 413 where a unit has more periods than are read at once: cut short it would look missing
   */
  async series(query: RolledQuery): Promise<Observation[]> {
    const indicator = this.rolled(query.indicator)
    if (!indicator) return []
    const [fromMs, toMs] = [Date.parse(query.from), Date.parse(query.to)]
    const told = await this.newestTold(indicator, [query.region], query.asOf)
    const read: Observation[] = []
    for (const span of readSpans(indicator, { fromMs, toMs }))
      read.push(...(await this.readSpan(told, toInstant(span.fromMs), toInstant(span.toMs), query.asOf)))
    const figures = this.roll(indicator, this.running(read), ownEnds(indicator, told))
      .filter(({ observation }) => observation.region === query.region)
      .sort((a, b) => endOf(a) - endOf(b))
    const wanted = query.dims && seriesKey('', '', query.dims)
    return figures
      .filter(({ observation: { period, dims } }) => {
        const startMs = Date.parse(period.start)
        return startMs >= fromMs && startMs < toMs && (!wanted || seriesKey('', '', dims) === wanted)
      })
      .map(comparedRolled(indicator, figures, this.parts.timeZone()))
  }

  /** The newest of every region as they were known at a past instant, compared. */
  async newestAsOf(codes: readonly string[], asOf: string): Promise<Observation[]> {
    const rolled = this.touchedBy(codes).filter((code) => codes.includes(code))
    const answers: Observation[] = []
    for (const code of rolled) {
      const known = await this.newestTold(this.rolled(code)!, undefined, asOf)
      answers.push(...(await this.compare(await this.newest(known, code, asOf), code, known, asOf)))
    }
    return answers
  }

  /**
   * Figures of one indicator with their comparisons, in their order.
   * @param known the newest values of the indicator and its weight: which series there are
   */
  async compare(
    figures: readonly RolledFigure[],
    code: string,
    known: readonly Observation[],
    asOf: string,
  ): Promise<Observation[]> {
    const indicator = this.rolled(code)
    if (!indicator || figures.length === 0) return figures.map(({ observation }) => observation)
    const zone = this.parts.timeZone()
    const bases = figures
      .flatMap(({ observation: { period } }) => comparisonPeriods(indicator, period, zone))
      .flatMap(({ added, base }) => [...added, ...base])
    const read = await this.read(this.running(known), bases, asOf)
    return figures.map(comparedRolled(indicator, [...this.roll(indicator, read), ...figures], zone))
  }

  /** The record behind a rolled-up figure: which figures of which units went in. Made again from what was known then. */
  async lineage(id: string): Promise<Lineage | undefined> {
    const named = parseLineageId(id)
    const indicator = named && this.rolled(named.indicator)
    if (!indicator) return undefined
    const asOf = toInstant(named.knownMs)
    const told = await this.newestTold(indicator, [named.region], asOf)
    const period = { start: toInstant(named.startMs), end: toInstant(named.endMs) }
    const read = await this.read(told, [period], asOf)
    const figure = this.roll(indicator, read, ownEnds(indicator, told)).find(
      ({ observation }) => observation.lineage === id,
    )
    return figure && rolledLineage(indicator, figure)
  }

  /** Where one of these regions has no figure of its own there may be a whole one of before. */
  private recentPeriods(
    indicator: Indicator,
    told: readonly Observation[],
    last: readonly RolledFigure[],
    nowMs: number,
  ): Period[] {
    const lately = told
      .filter((seen) => seen.indicator === indicator.code && standsUntil(indicator, seen.period) > nowMs)
      .map(({ period }) => period)
    const recent = uniqueSpans(lately).sort((a, b) => Date.parse(b.end) - Date.parse(a.end))
    const newest = uniqueSpans(last.map(({ observation }) => observation.period))
    const before = recent[0] ? periodsBefore(indicator, recent[0], nowMs, this.parts.timeZone()) : []
    return [...newest, ...recent.slice(0, mostRecent), ...before]
  }

  /** Newest values that sources tell of an indicator and its weight, of these regions and all below, or of all. */
  private async newestTold(
    indicator: Indicator,
    regions: readonly string[] | undefined,
    asOf: string,
  ): Promise<Observation[]> {
    const { store, once } = this.parts
    const found = await store.latest({
      indicators: [indicator.code, ...weightsOf(indicator)],
      regions:
        regions?.flatMap((region) => [region, ...this.tree().below(region)]) ??
        this.parts.regions().map(({ code }) => code),
      asOf,
      onceSources: [...once()],
    })
    return this.running(found)
  }

  /** What those series have at exactly these periods. */
  private async read(
    series: readonly Observation[],
    periods: readonly Span[],
    asOf: string,
  ): Promise<Observation[]> {
    const asked = uniqueSpans(periods).flatMap(({ start, end }) =>
      series.map(({ indicator, region, dims }) => ({
        indicator,
        region,
        dims,
        periodStart: start,
        periodEnd: end,
        asOf,
        real: false,
      })),
    )
    const found: Observation[] = []
    for (let at = 0; at < asked.length; at += mostAsked) {
      const answers = await this.parts.store.atMany(asked.slice(at, at + mostAsked))
      found.push(...answers.filter((seen) => seen !== undefined))
    }
    return this.running(found)
  }

  private async readSpan(
    told: readonly Observation[],
    from: string,
    to: string,
    asOf: string,
  ): Promise<Observation[]> {
    const asked = new Map(told.map((seen) => [`${seen.indicator}|${seen.region}`, seen]))
    const found = await Promise.all(
      [...asked.values()].map(({ indicator, region }) =>
        this.parts.store.series({ indicator, region, from, to, asOf, limit: mostPeriods + 1 }),
      ),
    )
    if (found.some(({ length }) => length > mostPeriods))
      throw new ProblemError(413, 'too many periods', {
        detail: `More than ${mostPeriods} observations of a unit: narrow from and to.`,
      })
    return found.flat()
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

  private rolled(code: string): Indicator | undefined {
    const indicator = this.parts.indicator(code)
    return indicator && rollsUp(indicator.rollup) ? indicator : undefined
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

/** Of each region and breakdown the one whose period ends last. */
function lastOf(figures: readonly RolledFigure[]): RolledFigure[] {
  const oldestFirst = figures.toSorted((a, b) => endOf(a) - endOf(b))
  return [...new Map(oldestFirst.map((figure) => [rolledKey(figure.observation), figure])).values()]
}

function endOf({ observation: { period } }: RolledFigure): number {
  return Date.parse(period.end)
}

function uniqueSpans<T extends Span>(periods: readonly T[]): T[] {
  return [...new Map(periods.map((period) => [`${period.start}/${period.end}`, period])).values()]
}

/** End of the newest period that a region's own source told. */
function ownEnds({ code }: Indicator, told: readonly Observation[]): RolledInput['ownNewestEnd'] {
  const ends = new Map(
    told.filter((seen) => seen.indicator === code).map((seen) => [rolledKey(seen), seen.period.end]),
  )
  return (region, dims) => ends.get(seriesKey(code, region, dims))
}
