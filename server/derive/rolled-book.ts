import { type Observation, seriesKey } from '../../src/domain/observation.ts'
import { rolledKey } from '../../src/domain/rolled-comparison.ts'
import type { Rollups } from './rollups.ts'

/** The newest rolled-up figure of each region that has none of its own, compared, so that a page need not wait for sums. */
export class RolledBook {
  private readonly rollups: Rollups
  private readonly kept = new Map<string, Observation>()

  constructor(rollups: Rollups) {
    this.rollups = rollups
  }

  all(): Iterable<Observation> {
    return this.kept.values()
  }

  get(indicator: string, region: string, dims?: Record<string, string>): Observation | undefined {
    return this.kept.get(seriesKey(indicator, region, dims))
  }

  /** Makes those of these indicators anew; answers what changed. Weights change the means that rest on them. */
  async refresh(
    known: readonly Observation[],
    codes: Iterable<string>,
    asOf: string,
  ): Promise<Observation[]> {
    const changed: Observation[] = []
    for (const code of this.rollups.touchedBy(codes)) {
      const now = new Map(this.rollups.newest(known, code).map((figure) => [rolledKey(figure), figure]))
      for (const [key, { indicator }] of this.kept)
        if (indicator === code && !now.has(key)) this.kept.delete(key)
      for (const [key, figure] of now) {
        const compared = await this.rollups.compare(figure, asOf)
        if (JSON.stringify(this.kept.get(key)) === JSON.stringify(compared)) continue
        this.kept.set(key, compared)
        changed.push(compared)
      }
    }
    return changed
  }
}
