import type { Indicator } from './indicator.ts'
import type { Lineage } from './observation.ts'
import type { RolledFigure } from './rolled-figures.ts'
import { rollupSource } from './rollup-source.ts'

/** The record behind a rolled-up figure: how it was made, of how many units, and each figure that went in with its own record. */
export function rolledLineage(
  { code, rollup }: Pick<Indicator, 'code' | 'rollup'>,
  { observation, inputs }: RolledFigure,
): Lineage {
  const { region, period, coverage } = observation
  const how = typeof rollup === 'object' ? `mean weighted by ${rollup.weightedBy}` : 'sum'
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
