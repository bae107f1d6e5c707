import type { Indicator } from '../../src/domain/indicator.ts'
import type { Lineage, Observation } from '../../src/domain/observation.ts'
import { datedTrees } from '../../src/domain/regions-at.ts'
import { comparedRolled, rolledKey } from '../../src/domain/rolled-comparison.ts'
import {
  type RolledFigure,
  type RolledInput,
  parseLineageId,
  rolledFigures,
  rolledWeights,
} from '../../src/domain/rolled-figures.ts'
import { standingFigures } from '../../src/domain/rolled-standing.ts'
import { rolledLineage } from '../../src/domain/rolled-lineage.ts'
import { rollsUp, weightOf } from '../../src/domain/rollup-kind.ts'
import type { MemoryStore } from './memory-store.ts'
import type { StaticCity } from './static-city.ts'

/** The sums over units that the gateway makes, over what this page knows, by the same rules. */
export class DemoRollups {
  private readonly store: MemoryStore
  private readonly world: Pick<RolledInput, 'root' | 'zone' | 'treeAt'>
  private readonly rolled: readonly Indicator[]
  private readonly indicators: ReadonlyMap<string, Indicator>
  private readonly now: () => number

  constructor({ city, regions, indicators }: StaticCity, store: MemoryStore, now: () => number) {
    this.store = store
    this.now = now
    this.world = { root: city.root, zone: city.timeZone, treeAt: datedTrees(regions) }
    this.indicators = new Map(indicators.map((indicator) => [indicator.code, indicator]))
    this.rolled = indicators.filter(({ rollup }) => rollsUp(rollup))
  }

  /** The headline of every region without a series of its own, of the indicators that rest on these; of all by default. */
  newest(codes?: ReadonlySet<string>): Observation[] {
    return this.rolled
      .filter(({ code, rollup }) => !codes || codes.has(code) || codes.has(weightOf(rollup) ?? ''))
      .flatMap((indicator) => {
        const own = new Set(this.store.running(indicator.code).map(rolledKey))
        const figures = this.figures(indicator).filter(({ observation }) => !own.has(rolledKey(observation)))
        return standingFigures(indicator, figures, this.now()).map(
          comparedRolled(indicator, figures, this.world.zone),
        )
      })
  }

  /** Of one region, oldest first; `from` and `to` bound the start of the period, half-open. */
  series(code: string, region: string, from: string, to: string): Observation[] {
    const indicator = this.rolled.find((one) => one.code === code)
    if (!indicator) return []
    const figures = this.figures(indicator).filter(({ observation }) => observation.region === region)
    return figures
      .filter(({ observation: { period } }) => {
        const startMs = Date.parse(period.start)
        return startMs >= Date.parse(from) && startMs < Date.parse(to)
      })
      .map(comparedRolled(indicator, figures, this.world.zone))
  }

  lineage(id: string): Lineage | undefined {
    const indicator = this.indicators.get(parseLineageId(id)?.indicator ?? '')
    const figure = indicator && this.figures(indicator).find(({ observation }) => observation.lineage === id)
    return figure && rolledLineage(indicator, figure)
  }

  /** Oldest period first. */
  private figures(indicator: Indicator): RolledFigure[] {
    const weight = this.indicators.get(weightOf(indicator.rollup) ?? '')
    const weights = weight
      ? rolledWeights({ ...this.world, indicator: weight, observations: this.store.running(weight.code) })
      : []
    const observations = this.store.running(indicator.code)
    const ends = new Map<string, string>()
    for (const seen of observations) {
      const before = ends.get(rolledKey(seen))
      if (!before || Date.parse(before) < Date.parse(seen.period.end))
        ends.set(rolledKey(seen), seen.period.end)
    }
    const ownNewestEnd: RolledInput['ownNewestEnd'] = (region, dims) =>
      ends.get(rolledKey({ ...observations[0]!, region, dims }))
    return rolledFigures({ ...this.world, indicator, observations, weights, ownNewestEnd }).sort(
      (a, b) => Date.parse(a.observation.period.end) - Date.parse(b.observation.period.end),
    )
  }
}
