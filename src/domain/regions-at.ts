/** The days for which a unit's code, name and outline hold: half-open, an absent end is open. */
export interface Validity {
  /** First day, as year, month or day: 2020, 2020-06, 2020-06-19. */
  validFrom?: string | undefined
  /** First day on which it no longer holds. */
  validTo?: string | undefined
}

/**
 * The units that stood on a day (县改区, merges, transfers). Figures of 2019 are drawn on and summed over the units of
 * 2019: a sum over today's units would count a county that joined later, or miss one that was dissolved.
 * @param day year, month or day; a year or month means its first day
 */
export function regionsAt<T extends Validity>(units: readonly T[], day: string): T[] {
  const at = firstDay(day)
  return units.filter(
    ({ validFrom, validTo }) =>
      (validFrom === undefined || firstDay(validFrom) <= at) &&
      (validTo === undefined || at < firstDay(validTo)),
  )
}

/** Every day from which another set of units holds, oldest first: the steps of a time slider over boundaries. */
export function boundaryChanges(units: readonly Validity[]): string[] {
  const days = units.flatMap(({ validFrom, validTo }) =>
    [validFrom, validTo].filter((day) => day !== undefined).map(firstDay),
  )
  return [...new Set(days)].sort()
}

function firstDay(day: string): string {
  const [year, month = '01', date = '01'] = day.split('-')
  return `${year}-${month}-${date}`
}
