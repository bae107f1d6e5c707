/** Height in u of the foot that every column has, so that a small value is still seen and named. */
export const COLUMN_FOOT = 10
/** Height in u of the tallest column above its foot. */
const COLUMN_SPAN = 105
export const COLUMN_MOST = COLUMN_FOOT + COLUMN_SPAN

/**
 * Heights of one column set in u: linear from zero on one scale, plus the foot. A negative value has the foot only: a
 * column cannot stand below the ground, its figure says the sign.
 */
export function columnHeights(values: ReadonlyMap<string, number>): Map<string, number> {
  const top = Math.max(0, ...values.values())
  return new Map(
    [...values].map(([region, value]) => [
      region,
      COLUMN_FOOT + (top > 0 ? (Math.max(0, value) / top) * COLUMN_SPAN : 0),
    ]),
  )
}
