import { after, everyMonthRelease, quarterlyRelease, yearlyRelease } from './calendar.ts'
import { clamp, drift, fraction, rounded, whole } from './chance.ts'
import { cityParts, dayMs, dayStartMs, hourMs } from './city-time.ts'
import { slowLevel } from './economy-rates.ts'
import { cityOnly } from './places.ts'
import type { SimSeries } from './series.ts'

const day = { stepMs: dayMs }
const byDay = { cadence: day, places: cityOnly, recent: 14, releasedMs: after(day, 7 * hourMs) } as const
const monthly = { cadence: 'M', places: cityOnly, releasedMs: everyMonthRelease, recent: 24 } as const
const quarterly = { cadence: 'Q', places: cityOnly, releasedMs: quarterlyRelease, recent: 8 } as const

/** A level that wanders slowly from year to year. */
export function yearly(
  code: string,
  mean: number,
  spread: number,
  decimals: number,
  most = Infinity,
): SimSeries {
  return {
    code,
    cadence: 'A',
    places: cityOnly,
    releasedMs: yearlyRelease,
    recent: 3,
    at: (seed, _p, slot) => ({
      value: Math.min(most, slowLevel(seed, slot * 12, mean, spread, decimals, 'yearly', code)),
    }),
  }
}

export function byMonth(
  code: string,
  mean: number,
  spread: number,
  decimals: number,
  most = Infinity,
): SimSeries {
  return {
    ...monthly,
    code,
    at: (seed, _p, slot) => ({
      value: Math.min(most, slowLevel(seed, slot, mean, spread, decimals, 'monthly', code)),
    }),
  }
}

/** Markets, prices of money and what a year's books say; every level is assumed. */
export const marketSeries: readonly SimSeries[] = [
  byMonth('MAC.PMI.MFG', 50.2, 1.1, 1),
  yearly('MAC.INC.ENGEL', 28.9, 0.6, 1),
  yearly('MAC.FIS.DEBT', 104, 6, 1),
  {
    ...quarterly,
    code: 'MAC.FIN.NPL',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot * 3, 1.9, 0.2, 2, 'bad-loans') }),
  },
  yearly('IND.MU.SCORE', 84, 4, 1),
  yearly('IND.MU.DSHARE', 4.9, 0.3, 1),
  {
    ...byDay,
    code: 'MKT.ENT.NET',
    at: (seed, _p, slot) => {
      const { weekday } = cityParts(dayStartMs(slot))
      const open = weekday === 0 || weekday === 6 ? 0.2 : 1
      return { value: Math.floor(open * (235 + 140 * (fraction(seed, 'net-entities', slot) - 0.45))) }
    },
  },
  {
    ...byDay,
    code: 'MKT.12315.RATE',
    at: (seed, _p, slot) => ({
      value: rounded(clamp(98.2 + 1.1 * drift(seed, slot / 9, 'complaints'), 90, 100), 1),
    }),
  },
  byMonth('MKT.FOOD.PASS', 98.8, 0.5, 1, 100),
  byMonth('MKT.SEQ.INSP', 99.4, 0.4, 1, 100),
  {
    ...byDay,
    code: 'PUB.PET.VISIT',
    at: (seed, _p, slot) => ({
      value: Math.floor(4 * fraction(seed, 'visits', slot) * fraction(seed, 'visits', slot, 'again')),
    }),
  },
  {
    ...byDay,
    code: 'SAF.ACC.DEATH',
    at: (seed, _p, slot) => ({ value: fraction(seed, 'work-accident', slot) < 0.02 ? 1 : 0 }),
  },
  {
    ...byDay,
    code: 'FIR.DEATH',
    at: (seed, _p, slot) => ({
      value: fraction(seed, 'fire-death', slot) < 0.012 ? whole(seed, 1, 2, 'fire-death', slot, 'count') : 0,
    }),
  },
  yearly('SAF.ACC.GDPRATE', 0.011, 0.002, 4),
  yearly('FIR.COVER', 86, 2, 1, 100),
]
