import * as v from 'valibot'
import { DurationSchema } from './instant.ts'
import { RegionCodeSchema } from './region.ts'
import { LocalTextSchema } from './text.ts'

const RuleIdSchema = v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/))
const OpSchema = v.picklist(['>', '>=', '<', '<='])

/** A value beyond a line. The kind that files may leave unnamed. */
const ThresholdSchema = v.strictObject({
  type: v.optional(v.literal('threshold')),
  op: OpSchema,
  value: v.number(),
  /** Hysteresis: the alarm ends only when the value passes this, on the good side. */
  clear: v.optional(v.number()),
})

const simpleConditions = [
  ThresholdSchema,
  /** At least the `atLeast`-th band, counted from 1 for the best, of the table in force at the observation's date. */
  v.strictObject({
    type: v.literal('band'),
    table: v.string(),
    atLeast: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  /** How much the value changed within the window: in the base unit, or in % of where it began when `relative`. */
  v.strictObject({
    type: v.literal('rate'),
    window: DurationSchema,
    op: OpSchema,
    value: v.number(),
    relative: v.optional(v.boolean()),
  }),
  /** 同比 or 环比 in % or 个百分点, as the indicator is compared. */
  v.strictObject({ type: v.literal('yoy'), op: OpSchema, value: v.number() }),
  v.strictObject({ type: v.literal('mom'), op: OpSchema, value: v.number() }),
  /** Nothing was told for so long. */
  v.strictObject({ type: v.literal('absence'), for: DurationSchema }),
  /** The score that a model gives the series. */
  v.strictObject({ type: v.literal('model'), process: v.string(), op: OpSchema, score: v.number() }),
] as const

/** Other rules of the city by id, or conditions on this same series; one level deep, so that an alarm can be explained. */
const PartsSchema = v.pipe(
  v.array(v.union([RuleIdSchema, v.variant('type', simpleConditions)])),
  v.minLength(2),
)

const ConditionSchema = v.variant('type', [
  ...simpleConditions,
  v.strictObject({ type: v.literal('all'), of: PartsSchema }),
  v.strictObject({ type: v.literal('any'), of: PartsSchema }),
])
type Condition = v.InferOutput<typeof ConditionSchema>

export const AlarmRuleSchema = v.strictObject({
  id: RuleIdSchema,
  name: LocalTextSchema,
  /** 1 is the gravest. An alarm's level is ours; it is never an official warning colour. */
  level: v.picklist([1, 2, 3, 4]),
  when: ConditionSchema,
  /** How long the condition must hold without a break before the alarm fires. */
  for: v.optional(DurationSchema),
  /** Regions it watches; absent: all. A threshold made from the city's own target says nothing of a county. */
  regions: v.optional(v.array(RegionCodeSchema)),
  basis: v.optional(v.string()),
  /** Absent: it watches. False: it is kept for previews and raises nothing. */
  enabled: v.optional(v.boolean()),
  /** Values that must have been seen within `for` before the condition counts as held. */
  minSamples: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** How long after its alarm ended the same series cannot raise it again. */
  cooldown: v.optional(DurationSchema),
  /** Alarms that share this are shown as one: `region`, or a dimension's key. */
  groupBy: v.optional(v.string()),
  /** While an alarm of this rule stands in a region, those of these rules are not raised there. */
  inhibits: v.optional(v.array(RuleIdSchema)),
})
export type AlarmRule = v.InferOutput<typeof AlarmRuleSchema>

export type Threshold = Extract<Condition, { type?: 'threshold' | undefined }>

/** The line that a rule draws, or undefined for a rule of another kind. */
export function thresholdOf({ when }: Pick<AlarmRule, 'when'>): Threshold | undefined {
  return when.type === undefined || when.type === 'threshold' ? when : undefined
}
