import * as v from 'valibot'
import { DurationSchema, InstantSchema } from './instant.ts'
import { RegionCodeSchema } from './region.ts'
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

const AlarmRuleSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  name: LocalTextSchema,
  /** 1 is the gravest. An alarm's level is ours; it is never an official warning colour. */
  level: v.picklist([1, 2, 3, 4]),
  when: v.strictObject({
    op: v.picklist(['>', '>=', '<', '<=']),
    value: v.number(),
    /** Hysteresis: the alarm ends only when the value passes this, on the good side. */
    clear: v.optional(v.number()),
  }),
  /** How long the condition must hold without a break before the alarm fires. */
  for: v.optional(DurationSchema),
  /** Regions it watches; absent: all. A threshold made from the city's own target says nothing of a county. */
  regions: v.optional(v.array(RegionCodeSchema)),
  basis: v.optional(v.string()),
})
export type AlarmRule = v.InferOutput<typeof AlarmRuleSchema>

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
})

export const IndicatorSchema = v.pipe(
  v.strictObject({
    code: IndicatorCodeSchema,
    version: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
    validFrom: v.optional(InstantSchema),
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
    rollup: v.union([v.picklist(['sum', 'none']), v.strictObject({ weightedBy: IndicatorCodeSchema })]),
    dimensions: v.optional(v.array(DimensionSchema), []),
    /** How the gateway compares: a growth rate is compared in 个百分点, a level in %. */
    comparisons: v.optional(v.array(v.picklist(['yoy', 'mom', 'ytd-yoy', 'target'])), []),
    department: v.string(),
    verifiers: v.optional(v.array(v.string())),
    targets: v.optional(v.array(TargetSchema), []),
    rules: v.optional(v.array(AlarmRuleSchema), []),
    freshness: v.optional(
      v.strictObject({ expectedLag: v.optional(DurationSchema), staleAfter: v.optional(DurationSchema) }),
      {},
    ),
    validity: v.optional(v.strictObject({ min: v.optional(v.number()), max: v.optional(v.number()) }), {}),
    classification: v.optional(v.picklist(['public', 'internal', 'sensitive', 'important']), 'internal'),
    audience: v.optional(v.picklist(['public', 'staff']), 'staff'),
    /** Counted by the gateway from the folded situation (GOV.COCKPIT.*) when 'situation'. */
    derivation: v.optional(v.picklist(['raw', 'situation']), 'raw'),
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
