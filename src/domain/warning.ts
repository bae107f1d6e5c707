import * as v from 'valibot'
import { InstantSchema } from './instant.ts'
import { RegionCodeSchema } from './region.ts'

/** 预警: an official early warning, recorded as its issuing authority gave it. Level 1 红 … 4 蓝. */
export const WarningSchema = v.strictObject({
  id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(120)),
  event: v.pipe(v.string(), v.nonEmpty(), v.maxLength(20)),
  level: v.picklist([1, 2, 3, 4]),
  issuer: v.pipe(v.string(), v.nonEmpty(), v.maxLength(40)),
  sentAt: InstantSchema,
  expiresAt: InstantSchema,
  regions: v.pipe(v.array(RegionCodeSchema), v.minLength(1)),
  headline: v.pipe(v.string(), v.maxLength(200)),
  provenance: v.picklist(['real', 'synthetic']),
})
export type Warning = v.InferOutput<typeof WarningSchema>

/** A warning counts from the moment it was issued until it expires or is cancelled (then it is gone from the situation). */
export function inForce(warning: Pick<Warning, 'sentAt' | 'expiresAt'>, nowMs: number): boolean {
  return Date.parse(warning.sentAt) <= nowMs && nowMs < Date.parse(warning.expiresAt)
}
