import * as v from 'valibot'
import { DurationSchema } from './instant.ts'
import { RegionCodeSchema } from './region.ts'
import { LocalTextSchema } from './text.ts'

/** city.yaml: what the cockpit must know of a city before it knows any figure. */
export const CityConfigSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)),
  name: LocalTextSchema,
  title: LocalTextSchema,
  root: RegionCodeSchema,
  timeZone: v.pipe(v.string(), v.check(isTimeZone, 'not an IANA time zone')),
  /** 平时 / 应急 by default; 平时 / 战时 where the city says so. */
  modeNames: v.strictObject({ peace: LocalTextSchema, emergency: LocalTextSchema }),
  center: v.strictObject({ longitude: v.number(), latitude: v.number() }),
  departments: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)),
      name: LocalTextSchema,
      /** 简称: where a wall has no room for the whole name. */
      short: v.optional(LocalTextSchema),
    }),
  ),
  /** How long a figure is marked 口径调整 after its definition changed; seven days where absent. */
  definitionNotice: v.optional(DurationSchema),
  /** True where the simulator and the demo upstream feed this city. */
  demo: v.optional(v.boolean(), false),
})
export type CityConfig = v.InferOutput<typeof CityConfigSchema>

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
