import type { Window } from '../../contracts/indicator-adapter.ts'
import { utcMs, zonedFields } from '../../domain/zone-time.ts'

export type SdmxFrequency = 'A' | 'S' | 'Q' | 'M' | 'D'

/** Periods of a frequency by number, both ends asked for. */
export interface PeriodRange {
  first: number
  last: number
}

const perYear = { A: 1, S: 2, Q: 4, M: 12 } as const
const dayMs = 86_400_000

/** The periods of which the half-open window, by the city's calendar, has something. */
export function periodsIn({ from, to }: Window, freq: SdmxFrequency, timeZone: string): PeriodRange {
  return {
    first: numberAt(Date.parse(from), freq, timeZone),
    last: numberAt(Date.parse(to) - 1, freq, timeZone),
  }
}

function numberAt(epochMs: number, freq: SdmxFrequency, timeZone: string): number {
  const { year, month, day } = zonedFields(epochMs, timeZone)
  if (freq === 'D') return Math.floor(utcMs(year, month, day) / dayMs)
  const each = perYear[freq]
  return year * each + Math.floor(((month - 1) * each) / 12)
}

/** As TIME_PERIOD has it: 2026, 2026-S1, 2026-Q3, 2026-08, 2026-08-06. */
export function periodText(number: number, freq: SdmxFrequency): string {
  if (freq === 'D') return new Date(number * dayMs).toISOString().slice(0, 10)
  const each = perYear[freq]
  const [year, nth] = [Math.floor(number / each), (number % each) + 1]
  if (freq === 'A') return String(year)
  return freq === 'M' ? `${year}-${String(nth).padStart(2, '0')}` : `${year}-${freq}${nth}`
}

/** Two halves, the older first; undefined of a single period, which cannot be asked for in less. */
export function halvesOf({ first, last }: PeriodRange): [PeriodRange, PeriodRange] | undefined {
  if (last <= first) return undefined
  const middle = Math.floor((first + last) / 2)
  return [
    { first, last: middle },
    { first: middle + 1, last },
  ]
}

/** TIME_PERIOD with the letter that some agencies write before month and year: 2026-M03, 2026-A1. */
export const plainPeriod = (text: unknown): unknown =>
  typeof text === 'string' ? text.replace(/-M(\d\d)$/, '-$1').replace(/-A1$/, '') : text
