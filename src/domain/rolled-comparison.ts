import { type ComparedIndicator, comparisonsFor } from './comparison.ts'
import { type Observation, seriesKey } from './observation.ts'
import type { RolledFigure } from './rolled-figures.ts'

/**
 * Puts its comparisons to a rolled-up figure, against figures made of the same units only: a county that joined, or one that has
 * not told yet, is no growth.
 * @param all figures of the same region that may be the base
 */
export function comparedRolled(
  indicator: ComparedIndicator,
  all: readonly RolledFigure[],
  zone: string,
): (figure: RolledFigure) => Observation {
  const keyOf = (start: string, end: string, figure: RolledFigure): string =>
    [start, end, rolledKey(figure.observation), unitsOf(figure)].join('|')
  const byKey = new Map(
    all.map((one) => [keyOf(one.observation.period.start, one.observation.period.end, one), one.observation]),
  )
  return (figure) => {
    const { observation } = figure
    const lookup = (start: string, end: string) => byKey.get(keyOf(start, end, figure))
    return { ...observation, comparisons: comparisonsFor(indicator, observation, lookup, zone) }
  }
}

export function rolledKey({ indicator, region, dims }: Observation): string {
  return seriesKey(indicator, region, dims)
}

/** What has no value, or no weight for a mean, went into nothing; of an input that lacks units itself nobody can say which, so it is like no other. */
function unitsOf({ counted, observation: { coverage } }: RolledFigure): string {
  const units = counted.map((seen) =>
    seen.coverage && seen.flags.includes('partial-coverage') ? seen.lineage : seen.region,
  )
  return `${coverage?.have}/${coverage?.of} ${units.sort().join()}`
}
