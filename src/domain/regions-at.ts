import type { Region } from './region.ts'
import { type RegionTree, buildRegionTree } from './region-tree.ts'
import { zonedFields } from './zone-time.ts'

/** The days for which a unit's code, name and outline hold: half-open, an absent end is open. */
export interface Validity {
  /** First day, as year, month or day: 2020, 2020-06, 2020-06-19. */
  validFrom?: string | undefined
  /** First day on which it no longer holds. */
  validTo?: string | undefined
}

/**
 * The units that stood on a day (县改区, merges, transfers). Figures of 2019 are drawn on and summed over the units of
 * 2019: a sum over today's units would count a county that joined later, or miss one that was dissolved.
 * @param day year, month or day; a year or month means its first day
 */
export function regionsAt<T extends Validity>(units: readonly T[], day: string): T[] {
  const at = firstDay(day)
  return units.filter(
    ({ validFrom, validTo }) =>
      (validFrom === undefined || firstDay(validFrom) <= at) &&
      (validTo === undefined || at < firstDay(validTo)),
  )
}

/** One unit for as long as it was the same one: a code may outlive a name or an outline. */
export function regionKey({ code, validFrom }: Region): string {
  return validFrom === undefined ? code : `${code}@${validFrom}`
}

/** The day an instant belongs to in a city, for units that hold from one day to another. */
export function dayAt(instantMs: number, zone: string): string {
  const { year, month, day } = zonedFields(instantMs, zone)
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
}

/**
 * The regions that stood on a day, each with all that it lies in: a town goes with its county. A zone that did not stand yet runs
 * nothing, but its streets stand.
 */
export function standingRegions(regions: readonly Region[], day: string): Region[] {
  const standing = regionsAt(regions, day)
  const known = new Map(standing.map((region) => [region.code, region]))
  // A circle is no question of the day: it is left in for buildRegionTree to name.
  const stands = ({ code, parent }: Region, from: readonly string[] = []): boolean => {
    if (parent === undefined || from.includes(code)) return true
    const over = known.get(parent)
    return over !== undefined && stands(over, [...from, code])
  }
  return standing
    .filter((region) => stands(region))
    .map((region) => {
      const { operatingParent, ...own } = region
      return operatingParent === undefined || known.has(operatingParent) ? region : own
    })
}

/**
 * The tree of any day, made once for each time between two changes.
 * @throws where the units of some day make no tree, two of one code among them
 */
export function datedTrees(regions: readonly Region[]): (day: string) => RegionTree {
  const changes = boundaryChanges(regions)
  const made = new Map<string, RegionTree>()
  return (day) => {
    const since = changes.findLast((change) => change <= firstDay(day)) ?? '0000'
    const tree = made.get(since) ?? buildRegionTree(standingRegions(regions, since))
    made.set(since, tree)
    return tree
  }
}

/** Every day from which another set of units holds, oldest first: the steps of a time slider over boundaries. */
export function boundaryChanges(units: readonly Validity[]): string[] {
  const days = units.flatMap(({ validFrom, validTo }) =>
    [validFrom, validTo].filter((day) => day !== undefined).map(firstDay),
  )
  return [...new Set(days)].sort()
}

function firstDay(day: string): string {
  const [year, month = '01', date = '01'] = day.split('-')
  return `${year}-${month}-${date}`
}
