import { after } from './calendar.ts'
import { clamp, drift, fromCurve, rounded } from './chance.ts'
import { dayMs, hourMs } from './city-time.ts'
import { slotStartMs } from './cadence.ts'
import { cityOnly } from './places.ts'
import type { SimSeries } from './series.ts'
import { monthPosition } from './weather.ts'

const day = { stepMs: dayMs }
const byDay = { cadence: day, places: cityOnly, recent: 14, releasedMs: after(day, 9 * hourMs) } as const
const byWeek = { cadence: 'W', places: cityOnly, recent: 12, releasedMs: after('W', 34 * hourMs) } as const

/** Share of influenza-like illness among outpatients by month, per cent: high in winter. Assumed. */
const illness = [6.1, 5.2, 4.6, 4.0, 3.6, 3.3, 3.2, 3.3, 3.7, 4.2, 5.0, 6.0]
const week = (slot: number) => monthPosition(slotStartMs('W', slot))

/** Public health; no figure is of a real institution. */
export const healthSeries: readonly SimSeries[] = [
  {
    ...byWeek,
    code: 'HEA.ILI',
    at: (seed, _p, slot) => ({
      value: rounded(fromCurve(illness, week(slot)) * (1 + 0.12 * drift(seed, slot / 3, 'ili')), 2),
    }),
  },
  {
    ...byWeek,
    code: 'HEA.NID.CASE',
    at: (seed, _p, slot) => ({
      value: Math.floor(
        118 * fromCurve(illness, week(slot)) * (1 + 0.1 * drift(seed, slot / 2, 'notifiable')),
      ),
    }),
  },
  {
    ...byDay,
    code: 'HEA.RT',
    at: (seed, _p, slot) => {
      const value = rounded(0.96 + 0.16 * drift(seed, slot / 12, 'rt'), 2)
      return { value, lower: rounded(value - 0.09, 2), upper: rounded(value + 0.1, 2) }
    },
  },
  {
    ...byDay,
    code: 'HEA.BED',
    at: (seed, _p, slot) => ({ value: rounded(clamp(83.5 + 5 * drift(seed, slot / 6, 'beds'), 0, 100), 1) }),
  },
  {
    ...byDay,
    code: 'HEA.120.3MIN',
    at: (seed, _p, slot) => ({
      value: rounded(clamp(96.4 + 1.6 * drift(seed, slot / 4, 'ambulance'), 0, 100), 1),
    }),
  },
]
