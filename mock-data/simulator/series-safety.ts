import { after, everyMonthRelease } from './calendar.ts'
import { fraction } from './chance.ts'
import { dayMs, hourMs, minuteMs, zoneOffsetMs } from './city-time.ts'
import { slowLevel } from './economy-rates.ts'
import { growthOf } from './economy-levels.ts'
import { cityOnly, counties, countyPlaces, gasSensors, withDim } from './places.ts'
import { countyDayUse, dayUse, load, monthIndustryUse, monthUse } from './power.ts'
import {
  bridgeAlarms,
  callsOfDay,
  hazardAlarms,
  hazardFixed,
  meanArrival,
  pumpsReady,
  resourcesReady,
  roster,
  staffOnDuty,
  teamsOnDuty,
  turnout,
  videoOnline,
  withinFive,
} from './readiness.ts'
import { congestion, gas, pressure, turbidity, warmHomes } from './sensors.ts'
import type { SimSeries } from './series.ts'

type Read = (seed: string, epochMs: number) => number | null

function stepped(code: string, stepMs: number, read: Read): SimSeries {
  const startMs = (slot: number) => slot * stepMs - zoneOffsetMs
  return {
    code,
    cadence: { stepMs },
    places: cityOnly,
    recent: 3,
    releasedMs: startMs,
    at: (seed, _p, slot) => ({ value: read(seed, startMs(slot)) }),
  }
}

const byMinute = (code: string, read: Read) => stepped(code, minuteMs, read)
const day = { stepMs: dayMs }
const byDay = {
  cadence: day,
  places: cityOnly,
  recent: 14,
  releasedMs: after(day, 6 * hourMs + 10 * minuteMs),
} as const
const monthly = { cadence: 'M', places: cityOnly, releasedMs: everyMonthRelease, recent: 24 } as const

export const safetySeries: readonly SimSeries[] = [
  byMinute('SAF.RES.TEAMS', teamsOnDuty),
  byMinute('SAF.RES.TEAMS_ALL', () => roster.teams),
  byMinute('SAF.RES.STAFF', staffOnDuty),
  byMinute('SAF.RES.STAFF_ALL', () => roster.staff),
  byMinute('SAF.VIDEO.ONLINE', videoOnline),
  { ...byDay, code: 'SAF.RES.READY', at: (seed, _p, slot) => ({ value: resourcesReady(seed, slot) }) },
  byMinute('SAF.HAZ.ALARM', hazardAlarms),
  {
    cadence: 'W',
    places: cityOnly,
    recent: 12,
    releasedMs: after('W', 8 * hourMs),
    code: 'SAF.HAZ.FIX',
    at: (seed, _p, slot) => ({ value: hazardFixed(seed, slot) }),
  },
  {
    ...stepped('SAF.GAS.CONC', 2_000, () => null),
    places: withDim('sensor', gasSensors),
    recent: 6,
    at: (seed, place, slot) => ({
      value: gas(seed, place.dims.sensor as (typeof gasSensors)[number], slot * 2_000 - zoneOffsetMs),
    }),
  },
  byMinute('FIR.CALL', callsOfDay),
  byMinute('FIR.ARRIVAL.MEAN', meanArrival),
  byMinute('FIR.TURNOUT', turnout),
  { ...byDay, code: 'FIR.ARR5', at: (seed, _p, slot) => ({ value: withinFive(seed, slot) }) },
  byMinute('FIR.PUMP.READY', pumpsReady),
  byMinute('FIR.PUMP.ALL', () => roster.pumps),
  {
    ...monthly,
    code: 'FIR.HYD.OK',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 97.1, 1.2, 1, 'hydrants') }),
  },
  {
    ...byDay,
    code: 'MAC.ENE.POWER',
    places: [...cityOnly, ...countyPlaces],
    at: (seed, place, slot) => {
      const county = counties.findIndex(({ code }) => code === place.region)
      // The same weekday of the year before stands 364 days back.
      const of = (d: number) => (county < 0 ? dayUse(seed, d) : countyDayUse(seed, d)[county]!)
      return { value: of(slot), yoy: growthOf(of(slot), of(slot - 364)) }
    },
  },
  {
    ...monthly,
    code: 'MAC.ENE.MONTH',
    at: (seed, _p, slot) => ({
      value: monthUse(seed, slot),
      yoy: growthOf(monthUse(seed, slot), monthUse(seed, slot - 12)),
    }),
  },
  {
    ...monthly,
    code: 'MAC.ENE.INDUSTRY',
    at: (seed, _p, slot) => ({
      value: monthIndustryUse(seed, slot),
      yoy: growthOf(monthIndustryUse(seed, slot), monthIndustryUse(seed, slot - 12)),
    }),
  },
  stepped('LIF.PWR.LOAD', 1_000, load),
  {
    ...monthly,
    code: 'LIF.PWR.SAIDI',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 0.42, 0.1, 2, 'outage') }),
  },
  stepped('LIF.WAT.PRES', 5_000, pressure),
  byMinute('LIF.WAT.TURB', turbidity),
  byMinute('LIF.TRA.TCI', congestion),
  byMinute('LIF.BRI.ALARM', bridgeAlarms),
  {
    ...byDay,
    code: 'LIF.HEAT.TEMP',
    at: (seed, _p, slot) => ({ value: warmHomes(seed, slot * dayMs - zoneOffsetMs + 12 * hourMs) }),
  },
  {
    ...byDay,
    code: 'MKT.ELV.RESCUE',
    at: (seed, _p, slot) => ({ value: Math.floor(12 * 60 + 240 * (fraction(seed, 'elevator', slot) - 0.5)) }),
  },
]
