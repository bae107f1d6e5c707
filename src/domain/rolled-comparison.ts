import { type ComparedIndicator, comparisonsFor } from './comparison.ts'
import { type Observation, seriesKey } from './observation.ts'
import type { RolledFigure } from './rolled-figures.ts'

/**
 * A rolled-up figure with its comparisons, against figures made of the same units only: a county that joined, or one that has not
 * told yet, is no growth.
 * @param all figures of the same region that may be the base
 */
export function comparedRolled(
  indicator: ComparedIndicator,
  figure: RolledFigure,
  all: readonly RolledFigure[],
  zone: string,
): Observation {
  const { observation } = figure
  const units = unitsOf(figure)
  const lookup = (start: string, end: string): Observation | undefined =>
    all.find(
      (one) =>
        one.observation.period.start === start &&
        one.observation.period.end === end &&
        rolledKey(one.observation) === rolledKey(observation) &&
        unitsOf(one) === units,
    )?.observation
  return { ...observation, comparisons: comparisonsFor(indicator, observation, lookup, zone) }
}

export function rolledKey({ indicator, region, dims }: Observation): string {
  return seriesKey(indicator, region, dims)
}

function unitsOf({ inputs, observation: { coverage } }: RolledFigure): string {
  return `${coverage?.of} ${inputs
    .map(({ region }) => region)
    .sort()
    .join()}`
}
