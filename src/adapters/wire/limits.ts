import * as v from 'valibot'

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/** Hard bounds of one read. Reaching one is an error of the source that says so, never a silent cut. */
export const LimitsSchema = v.optional(
  v.strictObject({
    maxRows: v.optional(whole(1, 1_000_000), 50_000),
    maxPages: v.optional(whole(1, 10_000), 200),
    maxBytes: v.optional(whole(1_024, 209_715_200), 8_388_608),
    timeoutMs: v.optional(whole(100, 120_000), 10_000),
  }),
  {},
)
