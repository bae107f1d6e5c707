import type { BandTable } from './band-table.ts'
import type { LocalText } from './text.ts'

type Dated = Pick<BandTable, 'id' | 'validFrom' | 'validTo'>

/**
 * The table in force at the observation's own time, never at the time of reading: half-open, open where a bound is
 * absent. Where several stand, the one of that id, or the first.
 * @param instant RFC 3339
 */
export function tableAt<T extends Dated>(
  tables: readonly T[] | undefined,
  instant: string,
  id?: string,
): T | undefined {
  const at = Date.parse(instant)
  return tables?.find(
    (table) =>
      (id === undefined || table.id === id) &&
      (table.validFrom === undefined || Date.parse(table.validFrom) <= at) &&
      (table.validTo === undefined || at < Date.parse(table.validTo)),
  )
}

/** Where a value stands in a table: its band and the band's place, 1 for the best. Undefined for no value or no band. */
export function bandOf(
  table: Pick<BandTable, 'bands'> | undefined,
  value: number | null | undefined,
): { place: number; name: LocalText } | undefined {
  if (!table || value === null || value === undefined) return undefined
  const index = table.bands.findIndex(
    ({ atLeast = -Infinity, atMost = Infinity }) => value >= atLeast && value <= atMost,
  )
  return index < 0 ? undefined : { place: index + 1, name: table.bands[index]!.name }
}
