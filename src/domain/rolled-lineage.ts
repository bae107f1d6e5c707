import type { Indicator } from './indicator.ts'
import type { Lineage } from './observation.ts'
import { type RolledFigure, rollupSource } from './rolled-figures.ts'

/** The record behind a rolled-up figure: how it was made, of how many units, and each figure that went in with its own record. */
export function rolledLineage(
  { code, rollup }: Pick<Indicator, 'code' | 'rollup'>,
  { observation, inputs }: RolledFigure,
): Lineage {
  const { region, period, coverage } = observation
  const how = typeof rollup === 'object' ? `mean weighted by ${rollup.weightedBy}` : 'sum'
  return {
    id: observation.lineage,
    adapter: rollupSource,
    adapterVersion: '1',
    source: rollupSource,
    request: `${how} of ${code} over the units of ${region} that stood at the end of ${period.label}`,
    fetchedAt: observation.receivedAt,
    rawSha256: '',
    steps: [
      { step: rollupSource, detail: `${coverage?.have}/${coverage?.of}` },
      ...inputs.map((seen) => ({
        step: seen.region,
        detail: `${seen.value ?? '—'} ${seen.unit} · ${seen.lineage}`,
      })),
    ],
  }
}
