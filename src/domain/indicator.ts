import * as v from 'valibot'
import { BandTableSchema } from './band-table.ts'
import { DurationSchema, InstantSchema } from './instant.ts'
import { RegionCodeSchema } from './region.ts'
import { AlarmRuleSchema } from './rule.ts'
import { LocalTextSchema } from './text.ts'

export const domains = ['MAC', 'IND', 'MKT', 'SAF', 'FIR', 'NAT', 'PUB', 'ECO', 'HEA', 'LIF', 'GOV'] as const

export const IndicatorCodeSchema = v.pipe(
  v.string(),
  v.regex(
    /^(MAC|IND|MKT|SAF|FIR|NAT|PUB|ECO|HEA|LIF|GOV)(\.[A-Z0-9_]{2,24}){1,2}$/,
    'an indicator code looks like MAC.GDP.TOTAL',
  ),
)

/** SDMX CL_FREQ letters, with X for 旬 (ten days) and E for event-driven. */
export const FrequencySchema = v.picklist(['A', 'S', 'Q', 'M', 'X', 'W', 'D', 'H', 'N', 'I', 'E'])
export type Frequency = v.InferOutput<typeof FrequencySchema>

export const TimeBasisSchema = v.picklist([
  'instant',
  'average',
  'sum',
  'end',
  'max',
  'min',
  'cumulative-ytd',
  'cumulative-day',
])
export type TimeBasis = v.InferOutput<typeof TimeBasisSchema>

export const DirectionSchema = v.picklist([
  'higher-better',
  'lower-better',
  'in-range',
  'closer-to-target',
  'neutral',
])

const TargetSchema = v.strictObject({
  /** The year or period label it binds: 2026, 2026-Q3. Open when absent. */
  period: v.optional(v.string()),
  region: v.optional(RegionCodeSchema),
  op: v.picklist(['>=', '<=', '=', 'between']),
  value: v.union([v.number(), v.tuple([v.number(), v.number()])]),
  source: v.strictObject({
    title: v.string(),
    url: v.optional(v.string()),
    date: v.optional(v.string()),
    provenance: v.picklist(['real', 'synthetic']),
  }),
})
export type Target = v.InferOutput<typeof TargetSchema>

const DimensionSchema = v.strictObject({
  key: v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9]*$/)),
  name: LocalTextSchema,
  codes: v.optional(v.array(v.strictObject({ value: v.string(), name: LocalTextSchema }))),
})

const IndicatorSourceSchema = v.strictObject({
  source: v.string(),
  /** Read by the source's adapter; checked against the adapter's own mapping schema at load. */
  mapping: v.record(v.string(), v.unknown()),
  poll: v.optional(DurationSchema),
  /** Absent: its word is the figure. `verify`: it is only compared with the authority's, and differs by more than the tolerance or not. */
  role: v.optional(v.picklist(['authority', 'verify'])),
  tolerance: v.optional(
    v.strictObject({ absolute: v.optional(v.number()), relative: v.optional(v.number()) }),
  ),
})

/** How a figure that no source tells comes about. `situation`: counted by the gateway from the folded journal (GOV.COCKPIT.*). */
const DerivationSchema = v.union([
  v.picklist(['raw', 'situation']),
  v.strictObject({ formula: v.string() }),
  /** The figure of one period, from a cumulation of the year. */
  v.strictObject({ decumulate: IndicatorCodeSchema }),
  v.strictObject({
    composite: v.pipe(
      v.array(
        v.strictObject({
          of: IndicatorCodeSchema,
          weight: v.pipe(v.number(), v.gtValue(0)),
          standardise: v.picklist(['base', 'zscore', 'minmax']),
          /** Label of the period that is 100; for `base`. */
          base: v.optional(v.string()),
        }),
      ),
      v.minLength(1),
    ),
  }),
])

/** `none`: not declared. `nonAdditive`: the parts make no whole, and why. */
const RollupSchema = v.union([
  v.picklist(['sum', 'none']),
  v.strictObject({ weightedBy: IndicatorCodeSchema }),
  v.strictObject({ nonAdditive: LocalTextSchema }),
])

const ValiditySchema = v.strictObject({
  min: v.optional(v.number()),
  max: v.optional(v.number()),
  /** Largest believable change from one value to the next, in the base unit: more is a spike. */
  maxStep: v.optional(v.pipe(v.number(), v.gtValue(0))),
  /** A value that has not moved for so long is a stuck sensor. */
  stuckAfter: v.optional(DurationSchema),
  /** Readings a period needs before its mean or sum is one. */
  minSamples: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
})

export const IndicatorSchema = v.pipe(
  v.strictObject({
    code: IndicatorCodeSchema,
    version: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
    /** Since and until when this version of the definition is in force; open where absent. */
    validFrom: v.optional(InstantSchema),
    validTo: v.optional(InstantSchema),
    /** Id of the pack that its file is. */
    pack: v.optional(v.string()),
    name: LocalTextSchema,
    /** A shorter name for narrow places. */
    short: v.optional(LocalTextSchema),
    definition: LocalTextSchema,
    /** UCUM code of the base unit: CNY, never 亿元. */
    unit: v.string(),
    /** Display scale key of domain/unit.ts (亿元, 万人 …) and decimals shown; absent = the unit's own rule. */
    display: v.optional(
      v.strictObject({
        scale: v.optional(v.string()),
        decimals: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4))),
      }),
    ),
    freq: FrequencySchema,
    timeBasis: TimeBasisSchema,
    priceBasis: v.optional(v.picklist(['current', 'constant'])),
    /** 2 where the statistics office publishes January and February together. */
    jointFirstPeriods: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(3))),
    direction: DirectionSchema,
    rollup: RollupSchema,
    dimensions: v.optional(v.array(DimensionSchema), []),
    /** How the gateway compares: a growth rate is compared in 个百分点, a level in %. */
    comparisons: v.optional(v.array(v.picklist(['yoy', 'mom', 'ytd-yoy', 'target'])), []),
    department: v.string(),
    /** Who answers for it day by day. Never a person's name. */
    owner: v.optional(
      v.strictObject({ unit: v.string(), post: v.optional(v.string()), phone: v.optional(v.string()) }),
    ),
    verifiers: v.optional(v.array(v.string())),
    targets: v.optional(v.array(TargetSchema), []),
    bands: v.optional(v.array(BandTableSchema)),
    rules: v.optional(v.array(AlarmRuleSchema), []),
    freshness: v.optional(
      v.strictObject({ expectedLag: v.optional(DurationSchema), staleAfter: v.optional(DurationSchema) }),
      {},
    ),
    validity: v.optional(ValiditySchema, {}),
    classification: v.optional(v.picklist(['public', 'internal', 'sensitive', 'important']), 'internal'),
    audience: v.optional(v.picklist(['public', 'staff']), 'staff'),
    derivation: v.optional(DerivationSchema, 'raw'),
    standard: v.optional(v.string()),
    sources: v.optional(v.array(IndicatorSourceSchema), []),
  }),
  v.check(
    ({ timeBasis, freq }) => timeBasis !== 'cumulative-ytd' || freq !== 'W',
    'weeks do not add up to a year: a yearly cumulation has another freq',
  ),
  v.check(
    ({ timeBasis, freq }) => timeBasis !== 'cumulative-day' || ['H', 'N', 'I', 'E'].includes(freq),
    'a cumulation of the day has freq H, N, I or E',
  ),
  v.check(
    ({ jointFirstPeriods, freq }) => jointFirstPeriods === undefined || freq === 'M' || freq === 'Q',
    'jointFirstPeriods is for monthly and quarterly figures',
  ),
)
export type Indicator = v.InferOutput<typeof IndicatorSchema>
export type IndicatorInput = v.InferInput<typeof IndicatorSchema>
