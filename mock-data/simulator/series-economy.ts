import {
  everyMonthRelease,
  monthlyRelease,
  nextRelease,
  quarterlyRelease,
  treasuryRelease,
  yearlyRelease,
} from './calendar.ts'
import { monthOf, quarterOf } from './cadence.ts'
import { clamp, drift, fraction, rounded } from './chance.ts'
import { countyRevenueToDate, gdpToQuarter, growthOf, toDate } from './economy-levels.ts'
import { cumulativeRate, quarterRate, slowLevel } from './economy-rates.ts'
import {
  cityOnly,
  counties,
  countyPlaces,
  industries,
  withDim,
  zonePlaces,
  zones,
  type Place,
} from './places.ts'
import type { Point, SimSeries } from './series.ts'

const monthly = { cadence: 'M', places: cityOnly, releasedMs: monthlyRelease, recent: 24 } as const
const everyMonth = { cadence: 'M', places: cityOnly, releasedMs: everyMonthRelease, recent: 24 } as const
const quarterly = { cadence: 'Q', places: cityOnly, releasedMs: quarterlyRelease, recent: 8 } as const
const yearly = { cadence: 'A', places: cityOnly, releasedMs: yearlyRelease, recent: 3 } as const
const quarterRevised = nextRelease(quarterlyRelease)
const monthRevised = nextRelease(monthlyRelease)

function industryOffset(place: Place): number {
  return [...counties, ...zones].find(({ code }) => code === place.region)?.industry ?? 0
}

const branchOffset: Record<(typeof industries)[number], number> = {
  auto: 1.4,
  rail: 2.8,
  optoelectronics: 4.1,
  biomedicine: -3.6,
  aerospace: 7.2,
  agrifood: -4.4,
  equipment: 0.6,
  materials: -1.9,
}

/** Revenue in 万元 with its growth; county units sum to the city, zones are shares that overlap them. */
function revenue(seed: string, place: Place, slot: number): Point {
  const of = (s: number): number => {
    const county = counties.findIndex(({ code }) => code === place.region)
    if (county >= 0) return countyRevenueToDate(seed, s)[county]!
    const zone = zones.find(({ code }) => code === place.region)
    const total = toDate(seed, 'revenue', s)
    return zone
      ? Math.floor(total * zone.overlap * (1 + 0.04 * drift(seed, s / 5, 'revenue', zone.code)))
      : total
  }
  return { value: of(slot), yoy: growthOf(of(slot), of(slot - 12)) }
}

/** The first release of a flow is provisional; the next month's release revises it by up to 0.2 %. */
function flow(kind: 'retail' | 'trade') {
  return (seed: string, _place: Place, slot: number, nowMs: number): Point => {
    const revised = nowMs >= monthRevised(slot)
    const first = revised ? 1 : 1 + 0.002 * (fraction(seed, kind, 'first', slot) * 2 - 1)
    const value = rounded((toDate(seed, kind, slot) * first) / 10_000, 1)
    return {
      value,
      yoy: growthOf(value, toDate(seed, kind, slot - 12) / 10_000),
      status: revised ? 'A' : 'P',
    }
  }
}

export const economySeries: readonly SimSeries[] = [
  {
    ...quarterly,
    code: 'MAC.GDP.TOTAL',
    revisedMs: quarterRevised,
    at: (seed, _place, slot, nowMs) => {
      const revised = nowMs >= quarterRevised(slot)
      const value = gdpToQuarter(seed, slot, revised)
      return { value, yoy: quarterRate(seed, 'gdp', slot), status: revised ? 'A' : 'P' }
    },
  },
  {
    ...quarterly,
    code: 'MAC.GDP.GROWTH',
    at: (seed, _p, slot) => ({ value: quarterRate(seed, 'gdp', slot) }),
  },
  {
    ...monthly,
    code: 'MAC.IND.VAI',
    places: [...cityOnly, ...countyPlaces, ...zonePlaces],
    at: (seed, place, slot) => ({
      value: cumulativeRate(
        seed,
        'industry',
        slot,
        industryOffset(place),
        ...(place.region === '220100' ? [] : [place.region]),
      ),
    }),
  },
  {
    ...monthly,
    code: 'MAC.INV.FAI',
    at: (seed, _p, slot) => ({ value: cumulativeRate(seed, 'investment', slot) }),
  },
  { ...monthly, code: 'MAC.CON.RETAIL', revisedMs: monthRevised, at: flow('retail') },
  {
    ...monthly,
    code: 'MAC.CON.GROWTH',
    at: (seed, _p, slot) => ({
      value: growthOf(toDate(seed, 'retail', slot), toDate(seed, 'retail', slot - 12)),
    }),
  },
  { ...monthly, code: 'MAC.TRA.TRADE', revisedMs: monthRevised, at: flow('trade') },
  {
    ...everyMonth,
    code: 'MAC.PRI.CPI',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 100.8, 0.7, 1, 'cpi') }),
  },
  {
    ...everyMonth,
    code: 'MAC.PRI.PPI',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 99.1, 1.6, 1, 'ppi') }),
  },
  {
    ...everyMonth,
    code: 'MAC.EMP.URATE',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 5.3, 0.3, 1, 'unemployed') }),
  },
  {
    ...everyMonth,
    code: 'MAC.EMP.NEWJOB',
    at: (seed, _p, slot) => ({
      value: Math.floor((104_000 * monthOf(slot).month * (1 + 0.03 * drift(seed, slot / 4, 'jobs'))) / 12),
    }),
  },
  {
    ...quarterly,
    code: 'MAC.INC.PCDI',
    at: (seed, _p, slot) => {
      const { year, quarter } = quarterOf(slot)
      const yoy = rounded(5.3 + 0.5 * drift(seed, slot / 3, 'income'), 1)
      return {
        value: Math.floor(37_400 * (1 + 0.053 * (year - 2024)) * [0.27, 0.5, 0.75, 1][quarter - 1]!),
        yoy,
      }
    },
  },
  {
    ...everyMonth,
    code: 'MAC.FIN.LOAN',
    at: (seed, _p, slot) => ({ value: cumulativeRate(seed, 'loans', slot) }),
  },
  {
    ...monthly,
    code: 'MAC.FIS.REV',
    releasedMs: treasuryRelease,
    places: [...cityOnly, ...countyPlaces, ...zonePlaces],
    at: revenue,
  },
  {
    ...monthly,
    code: 'MAC.FIS.GROWTH',
    releasedMs: treasuryRelease,
    at: (seed, _p, slot) => ({
      value: growthOf(toDate(seed, 'revenue', slot), toDate(seed, 'revenue', slot - 12)),
    }),
  },
  {
    ...monthly,
    code: 'MAC.FIS.TAXSHARE',
    releasedMs: treasuryRelease,
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 68.5, 3, 1, 'tax-share') }),
  },
  {
    ...monthly,
    code: 'IND.VAI.BRANCH',
    places: withDim('industry', industries),
    at: (seed, place, slot) => {
      const branch = place.dims.industry as (typeof industries)[number]
      return { value: cumulativeRate(seed, 'industry', slot, branchOffset[branch], branch) }
    },
  },
  {
    ...everyMonth,
    code: 'IND.ENT.ABOVE',
    at: (seed, _p, slot) => {
      const of = (s: number) => Math.floor(2_090 + 1.6 * (s - 2024 * 12) + 9 * drift(seed, s / 5, 'above'))
      return { value: of(slot), yoy: growthOf(of(slot), of(slot - 12)) }
    },
  },
  {
    ...everyMonth,
    code: 'IND.ENT.STOPPED',
    at: (seed, _p, slot) => {
      const of = (s: number) => Math.floor(clamp(38 + 11 * drift(seed, s / 4, 'stopped'), 9, 80))
      return { value: of(slot), mom: growthOf(of(slot), of(slot - 1)) }
    },
  },
  {
    ...everyMonth,
    code: 'IND.ENT.NEW',
    at: (seed, _p, slot) => {
      const of = (s: number) =>
        Math.floor(13_600 * (1 + 0.003 * (s - 2024 * 12)) * (1 + 0.08 * drift(seed, s / 2, 'new-entities')))
      return { value: of(slot), yoy: growthOf(of(slot), of(slot - 12)) }
    },
  },
  {
    ...monthly,
    code: 'IND.ENT.LOSS',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 22.5, 3, 1, 'loss') }),
  },
  {
    ...quarterly,
    code: 'IND.CAP.UTIL',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot * 3, 76.2, 2, 1, 'capacity') }),
  },
  {
    ...monthly,
    code: 'IND.PRJ.RATE',
    releasedMs: everyMonthRelease,
    at: (seed, _p, slot) => ({
      value: rounded(
        clamp((monthOf(slot).month * 100) / 12 + 4 + 5 * drift(seed, slot / 3, 'projects'), 2, 100),
        1,
      ),
    }),
  },
  {
    ...everyMonth,
    code: 'IND.RE.DESTOCK',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 19.4, 2.2, 1, 'destock') }),
  },
  {
    ...everyMonth,
    code: 'IND.CLI',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 100.6, 1.8, 1, 'climate') }),
  },
  {
    ...yearly,
    code: 'MAC.AGR.GRAIN',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot * 12, 262, 5, 1, 'grain') }),
  },
  {
    ...yearly,
    code: 'IND.RD.INT',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot * 12, 2.6, 0.1, 2, 'research') }),
  },
  {
    ...yearly,
    code: 'IND.MU.TAX',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot * 12, 12.8, 0.6, 1, 'tax-per-mu') }),
  },
  {
    ...quarterly,
    code: 'ECO.ENE.INT',
    at: (seed, _p, slot) => ({ value: rounded(-3.6 + 0.7 * drift(seed, slot / 2, 'energy-intensity'), 1) }),
  },
]
