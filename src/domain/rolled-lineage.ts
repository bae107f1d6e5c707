import type { Indicator } from './indicator.ts'
import type { Lineage } from './observation.ts'
import type { RolledFigure } from './rolled-figures.ts'
import { weightOf } from './rollup-kind.ts'
import { rollupSource } from './rollup-source.ts'

/** The record behind a rolled-up figure: how it was made, of how many units, and each figure that went in with its own record. */
export function rolledLineage(
  { code, rollup }: Pick<Indicator, 'code' | 'rollup'>,
  { observation, inputs }: RolledFigure,
): Lineage {
  const { region, period, coverage } = observation
  const weight = weightOf(rollup)
  const how = weight === undefined ? 'sum' : `mean weighted by ${weight}`
  return {
    id: observation.lineage,
    adapter: rollupSource.id,
    adapterVersion: '1',
    source: rollupSource.id,
    request: `${how} of ${code} over the units of ${region} that stood at the end of ${period.label}`,
    fetchedAt: observation.receivedAt,
    rawSha256: '',
    steps: [
      { step: rollupSource.id, detail: `${coverage?.have}/${coverage?.of}` },
      ...inputs.map((seen) => ({
        step: seen.region,
        detail: `${seen.value ?? '—'} ${seen.unit} · ${seen.lineage}`,
      })),
    ],
  }
}
