import type { Indicator } from './indicator.ts'
import { type Observation, seriesKey } from './observation.ts'
import type { RegionTree } from './region-tree.ts'
import type { DraftObservation } from './reading.ts'
import { rollsUp } from './rollup-kind.ts'
import { rollupSource } from './rollup-source.ts'
import { trimmed } from './unit.ts'

export interface RollupInput {
  indicator: Pick<Indicator, 'code' | 'rollup' | 'unit'>
  /** The region whose administrative children are rolled up. */
  region: string
  tree: RegionTree
  /** Observations of the indicator for the children: one series, one period. Others are ignored. */
  observations: readonly Observation[]
  /** Observations of the weight indicator for the same period; only for weightedBy. */
  weights?: readonly Observation[]
  receivedAt: string
}

export type Rollup =
  | {
      observation: DraftObservation
      coverage: { have: number; of: number }
      /** Codes of the children whose values went in; of a mean only those with a weight. */
      counted: readonly string[]
    }
  | { refused: string }

/**
 * A region's figure from its children's. Sums add; rates are averaged by their declared weight, never plainly; zones overlap
 * and never take part. A child without a value is no zero: the result is flagged partial-coverage and says have of how many.
 */
export function rollUp(input: RollupInput): Rollup {
  const { indicator, region, tree } = input
  const at = tree.get(region)
  if (!at) return { refused: `region ${region} is not in the region tree` }
  if (at.level === 'zone')
    return { refused: `${region} is a zone: zones overlap counties and are never summed` }
  if (!rollsUp(indicator.rollup)) return { refused: `${indicator.code} cannot be rolled up` }
  const children = tree.children(region)
  const found = children.map(({ code }) =>
    input.observations.find((seen) => seen.indicator === indicator.code && seen.region === code),
  )
  const known = found.filter((seen): seen is Known => seen !== undefined && seen.value !== null)
  const mixed = known.length === 0 ? 'no child has a value' : mismatch(known, indicator.unit)
  if (mixed) return { refused: `${indicator.code} of ${region}: ${mixed}` }
  if (typeof indicator.rollup === 'string') {
    return result(
      input,
      known,
      known,
      trimmed(known.reduce((sum, { value }) => sum + value, 0)),
      children.length,
    )
  }
  return weighted(input, known, indicator.rollup.weightedBy, children.length)
}

type Known = Observation & { value: number }

function weighted(input: RollupInput, known: readonly Known[], weightedBy: string, of: number): Rollup {
  const pairs = known.flatMap((seen) => {
    const weight = input.weights?.find(
      (candidate) => candidate.indicator === weightedBy && candidate.region === seen.region,
    )
    return weight && weight.value !== null && weight.value >= 0 ? [{ seen, weight: weight as Known }] : []
  })
  const total = pairs.reduce((sum, { weight }) => sum + weight.value, 0)
  if (total === 0)
    return { refused: `${input.indicator.code} of ${input.region}: no weight ${weightedBy} for any child` }
  const mixed = mismatch(pairs.map(({ weight }) => weight))
  if (mixed) return { refused: `${weightedBy} of ${input.region}: ${mixed}` }
  const value = trimmed(pairs.reduce((sum, { seen, weight }) => sum + seen.value * weight.value, 0) / total)
  return result(
    input,
    pairs.map(({ seen }) => seen),
    pairs.flatMap(({ seen, weight }) => [seen, weight]),
    value,
    of,
  )
}

/** Why these values may not be added, or undefined: other periods, other units or other breakdowns. */
function mismatch(known: readonly Observation[], unit = known[0]?.unit): string | undefined {
  const [first] = known
  if (!first) return undefined
  if (known.some((seen) => seen.period.start !== first.period.start || seen.period.end !== first.period.end))
    return 'children speak of different periods'
  if (known.some((seen) => seen.unit !== unit)) return `children are not all in ${unit}`
  return known.some((seen) => seriesKey('', '', seen.dims) !== seriesKey('', '', first.dims))
    ? 'children have different dimensions'
    : undefined
}

function result(
  input: RollupInput,
  known: readonly Known[],
  inputs: readonly Observation[],
  value: number,
  of: number,
): Rollup {
  const [first] = known
  const flags = new Set(
    inputs.flatMap((seen) =>
      seen.flags.filter((flag) => flag === 'partial-coverage' || flag === 'late' || flag === 'stale'),
    ),
  )
  if (known.length < of) flags.add('partial-coverage')
  const provisional = inputs.some(({ status }) => status === 'P')
  return {
    coverage: { have: known.length, of },
    counted: known.map((seen) => seen.region),
    observation: {
      indicator: input.indicator.code,
      region: input.region,
      dims: first!.dims,
      period: first!.period,
      value,
      unit: input.indicator.unit,
      status: inputs.some(({ status }) => status === 'F')
        ? 'F'
        : inputs.some(({ status }) => status === 'E')
          ? 'E'
          : provisional
            ? 'P'
            : 'A',
      flags: [...flags],
      provenance: inputs.some(({ provenance }) => provenance === 'synthetic') ? 'synthetic' : 'derived',
      source: rollupSource.id,
      resultTime: inputs
        .map(({ resultTime }) => resultTime)
        .reduce((latest, time) => (Date.parse(time) > Date.parse(latest) ? time : latest)),
      receivedAt: input.receivedAt,
      comparisons: [],
    },
  }
}
