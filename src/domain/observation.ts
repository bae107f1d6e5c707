import * as v from 'valibot'
import { IndicatorCodeSchema } from './indicator.ts'
import { InstantSchema } from './instant.ts'
import { RegionCodeSchema } from './region.ts'

/** SDMX CL_OBS_STATUS: A normal, B break, E estimated, F forecast, I imputed, M missing, P provisional, U low reliability … */
export const ObservationStatusSchema = v.picklist([
  'A',
  'B',
  'D',
  'E',
  'F',
  'G',
  'I',
  'L',
  'M',
  'O',
  'P',
  'Q',
  'U',
  'V',
])

export const QualityFlagSchema = v.picklist([
  'stale',
  'late',
  'out-of-range',
  'spike',
  'stuck',
  'clock-skew',
  'unit-converted',
  'partial-coverage',
  'duplicate',
  'reconcile-mismatch',
  'manual-entry',
  'below-detection',
  'sensor-maintenance',
  'revised',
  'definition-changed',
])
export type QualityFlag = v.InferOutput<typeof QualityFlagSchema>

export const ProvenanceSchema = v.picklist(['real', 'derived', 'synthetic'])
export type Provenance = v.InferOutput<typeof ProvenanceSchema>

/** Half-open [start, end) in UTC; the label is the machine form of domain/period.ts. An instant has start = end. */
export const PeriodSchema = v.strictObject({ start: InstantSchema, end: InstantSchema, label: v.string() })
export type Period = v.InferOutput<typeof PeriodSchema>

export const ComparisonSchema = v.strictObject({
  kind: v.picklist(['yoy', 'mom', 'ytd-yoy', 'target']),
  value: v.number(),
  unit: v.picklist(['%', 'pp']),
  /** True where the source itself published the growth rate, which then stands above any computed one. */
  published: v.optional(v.boolean()),
})
export type Comparison = v.InferOutput<typeof ComparisonSchema>

export const IntervalSchema = v.strictObject({ level: v.number(), lower: v.number(), upper: v.number() })

/** What is told of a figure beside its value, where there is something to tell. */
const ParticularsSchema = v.strictObject({
  /** Version of the indicator's definition it was made by. */
  definition: v.optional(v.number()),
  /** What other sources say of the same figure, in its unit. */
  verified: v.optional(
    v.array(v.strictObject({ source: v.string(), value: v.number(), agrees: v.boolean() })),
  ),
})

export const ObservationSchema = v.strictObject({
  indicator: IndicatorCodeSchema,
  region: RegionCodeSchema,
  dims: v.record(v.string(), v.string()),
  period: PeriodSchema,
  value: v.nullable(v.pipe(v.number(), v.finite())),
  unit: v.string(),
  status: ObservationStatusSchema,
  flags: v.array(QualityFlagSchema),
  provenance: ProvenanceSchema,
  /** Id of the source in sources.yaml, or 'situation' for the cockpit's own counts. */
  source: v.string(),
  /** When the source says the result was made or released. */
  resultTime: InstantSchema,
  receivedAt: InstantSchema,
  revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Id of its source record, or `<id>:<n>` for the n-th kept row of that record. */
  lineage: v.string(),
  interval: v.optional(v.array(IntervalSchema)),
  /** Of a figure made from those of the units below: how many of how many. */
  coverage: v.optional(v.strictObject({ have: v.number(), of: v.number() })),
  comparisons: v.array(ComparisonSchema),
  particulars: v.optional(ParticularsSchema),
})
export type Observation = v.InferOutput<typeof ObservationSchema>

export interface Lineage {
  id: string
  adapter: string
  adapterVersion: string
  source: string
  /** What was asked, without secrets: GET https://… or the file's name and row. */
  request: string
  fetchedAt: string
  rawSha256: string
  steps: { step: string; detail: string }[]
  /** Of a derived figure: what went into it. */
  inputs?: { lineage: string; indicator: string; region: string; period: string; revision: number }[]
  /** True where the answer itself is kept, not only its hash. */
  bodyKept?: boolean
}

/** The record that a reference from an observation points into; ids that hold colons of their own are whole records. */
export function lineageIdOf(reference: string): string {
  return /^([^:]+):\d+$/.exec(reference)?.[1] ?? reference
}

/** One series: indicator, region and dimension values. Dims are sorted, so equal series have equal keys. */
export function seriesKey(
  indicator: string,
  region: string,
  dims: Readonly<Record<string, string>> = {},
): string {
  const sorted = Object.entries(dims).sort(([a], [b]) => (a < b ? -1 : 1))
  return [indicator, region, ...sorted.map(([key, value]) => `${key}=${value}`)].join('|')
}
