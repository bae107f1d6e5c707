import type { Indicator } from './indicator.ts'

type Rollup = Indicator['rollup']

/** True where a region's figure can be made from its units'. */
export function rollsUp(rollup: Rollup): rollup is 'sum' | { weightedBy: string } {
  return rollup === 'sum' || (typeof rollup === 'object' && 'weightedBy' in rollup)
}

/** Code of the indicator that weights the units' figures, where one does. */
export function weightOf(rollup: Rollup): string | undefined {
  return typeof rollup === 'object' && 'weightedBy' in rollup ? rollup.weightedBy : undefined
}
