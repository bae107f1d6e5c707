import { type Observation, type Period, seriesKey } from '../../src/domain/observation.ts'
import { rolledKey } from '../../src/domain/rolled-comparison.ts'
import type { Rollups } from './rollups.ts'

interface Kept {
  /** As it was made, before it was compared. */
  made: string
  figure: Observation
}

/** Newest values of one indicator. */
type KnownOf = (code: string) => readonly Observation[]

/** The newest rolled-up figure of each region that has none of its own, compared, so that a page need not wait for sums. */
export class RolledBook {
  private readonly rollups: Rollups
  /** By indicator, then by region and breakdown. */
  private readonly kept = new Map<string, ReadonlyMap<string, Kept>>()
  /** By indicator, when the first of its figures gives way to a newer one of fewer units. */
  private readonly giveWayMs = new Map<string, number>()

  constructor(rollups: Rollups) {
    this.rollups = rollups
  }

  *all(): Iterable<Observation> {
    for (const figures of this.kept.values()) for (const { figure } of figures.values()) yield figure
  }

  get(indicator: string, region: string, dims?: Record<string, string>): Observation | undefined {
    return this.kept.get(indicator)?.get(seriesKey(indicator, region, dims))?.figure
  }

  /** Indicators of those of these that a shown figure may rest on: also a late or revised one of a period that is not its unit's newest. */
  showsPeriodOf(observations: readonly Observation[]): string[] {
    const codes = [...new Set(observations.map(({ indicator }) => indicator))]
    return codes.filter((code) => {
      const shown = new Set(this.rollups.touchedBy([code]).flatMap((one) => this.periods(one).map(spanOf)))
      return (
        shown.size > 0 && observations.some((one) => one.indicator === code && shown.has(spanOf(one.period)))
      )
    })
  }

  /** Indicators of which a figure has stood as long as it may against newer ones. */
  overdue(nowMs: number): string[] {
    return [...this.giveWayMs].flatMap(([code, ms]) => (ms <= nowMs ? [code] : []))
  }

  /**
   * Makes those of these indicators anew; answers what changed. Weights change the means that rest on them. What is the same as
   * before is compared again only where the past may have changed.
   */
  async refresh(
    knownOf: KnownOf,
    codes: Iterable<string>,
    asOf: string,
    { pastChanged }: { pastChanged: boolean },
  ): Promise<Observation[]> {
    for (const code of this.kept.keys()) if (this.rollups.restsOn(code).length === 0) this.forget(code)
    const changed: Observation[] = []
    for (const code of this.rollups.touchedBy(codes))
      changed.push(...(await this.refreshOne(code, knownOf, asOf, pastChanged)))
    return changed
  }

  private async refreshOne(
    code: string,
    knownOf: KnownOf,
    asOf: string,
    pastChanged: boolean,
  ): Promise<Observation[]> {
    const known = this.rollups.restsOn(code).flatMap((one) => knownOf(one))
    const before = this.kept.get(code)
    const figures = (await this.rollups.newest(known, code, asOf, this.periods(code))).map((figure) => ({
      figure,
      key: rolledKey(figure.observation),
      made: JSON.stringify(figure.observation),
    }))
    const other = figures.filter(({ key, made }) => pastChanged || before?.get(key)?.made !== made)
    const asked = other.map(({ figure }) => figure)
    const compared = await this.rollups.compare(asked, code, known, asOf)
    const now = new Map(other.map(({ key, made }, nth) => [key, { made, figure: compared[nth]! }]))
    this.kept.set(code, new Map(figures.map(({ key }) => [key, now.get(key) ?? before!.get(key)!])))
    this.noteGivingWay(code, known, Date.parse(asOf))
    return [...now].flatMap(([key, { figure }]) =>
      JSON.stringify(before?.get(key)?.figure) === JSON.stringify(figure) ? [] : [figure],
    )
  }

  private noteGivingWay(code: string, known: readonly Observation[], nowMs: number): void {
    const newestMs = known.reduce(
      (ms, { indicator, period }) => (indicator === code ? Math.max(ms, Date.parse(period.end)) : ms),
      -Infinity,
    )
    const older = [...this.kept.get(code)!.values()].filter(
      ({ figure: { period } }) => Date.parse(period.end) < newestMs,
    )
    const ends = older.map(({ figure }) => this.rollups.standsUntil(figure)).filter((ms) => ms > nowMs)
    if (ends.length === 0) this.giveWayMs.delete(code)
    else this.giveWayMs.set(code, Math.min(...ends))
  }

  private forget(code: string): void {
    this.kept.delete(code)
    this.giveWayMs.delete(code)
  }

  private periods(code: string): Period[] {
    return [...(this.kept.get(code)?.values() ?? [])].map(({ figure }) => figure.period)
  }
}

function spanOf({ start, end }: Period): string {
  return `${start}/${end}`
}
