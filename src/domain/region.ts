import * as v from 'valibot'
import { LocalTextSchema } from './text.ts'

/** GB/T 2260 six digits, nine for towns and streets, twelve for communities; functional zones are `zone:…`. */
export const RegionCodeSchema = v.pipe(
  v.string(),
  v.regex(/^(\d{6}|\d{9}|\d{12}|zone:[0-9a-z-]+)$/, 'a region code has 6, 9 or 12 digits, or is zone:NAME'),
)
export type RegionCode = string

export const RegionLevels = ['province', 'city', 'county', 'town', 'community', 'zone'] as const

const DaySchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}(-\d\d){0,2}$/, 'a year, month or day: 2020-06-19'),
  v.check(isInCalendar, 'no such day: a year, month or day of the calendar, 2020-06-19'),
)

function isInCalendar(day: string): boolean {
  const [year, month = 1, date = 1] = day.split('-').map(Number)
  const at = new Date(0)
  at.setUTCFullYear(year!, month - 1, date)
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date
}

function firstDay(day: string): string {
  return `${day}-01-01`.slice(0, 10)
}

/** A unit for as long as it was the same one: code and validFrom together are its key, for a code may outlive a name or an outline. */
export const RegionSchema = v.pipe(
  v.strictObject({
    code: RegionCodeSchema,
    name: LocalTextSchema,
    /** As written on the wall where 区/县/市 is understood: 朝阳, 公主岭. */
    short: v.optional(LocalTextSchema),
    level: v.picklist(RegionLevels),
    /** Administrative parent: the only one that sums. A zone has the city as its parent but never takes part in a sum. */
    parent: v.optional(RegionCodeSchema),
    /** The zone that runs a street or town, where there is one. */
    operatingParent: v.optional(RegionCodeSchema),
    /** First day it stood, and first day it no longer did, where it has not always been so: see regions-at.ts. */
    validFrom: v.optional(DaySchema),
    validTo: v.optional(DaySchema),
    /** Who says so: of a change of its days, of the county unit of a street that a zone runs. */
    basis: v.optional(v.string()),
    /** No record names the county unit it lies in: the parent is a sketch (示意) until the city says. */
    parentSketched: v.optional(v.literal(true)),
  }),
  v.forward(
    v.check(
      ({ validFrom, validTo }) =>
        validFrom === undefined || validTo === undefined || firstDay(validFrom) < firstDay(validTo),
      'validTo is the first day on which it no longer stands: it comes after validFrom',
    ),
    ['validTo'],
  ),
)
export type Region = v.InferOutput<typeof RegionSchema>
