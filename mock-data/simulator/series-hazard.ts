import { concentration, subIndex } from './air.ts'
import { after } from './calendar.ts'
import { clamp, drift, fraction, rounded, whole } from './chance.ts'
import { cityParts, dayMs, dayStartMs, hourMs, minuteMs, zoneOffsetMs } from './city-time.ts'
import { cityOnly, gasSensors, withDim } from './places.ts'
import { byMonth, yearly } from './series-market.ts'
import type { SimSeries } from './series.ts'
import { warningsAt } from './warnings.ts'
import { rainSum } from './weather.ts'

const day = { stepMs: dayMs }
const minute = { stepMs: minuteMs }
const halfDay = { stepMs: 12 * hourMs }
const minuteStart = (slot: number) => slot * minuteMs - zoneOffsetMs
const halfDayStart = (slot: number) => slot * 12 * hourMs - zoneOffsetMs
const byDay = { cadence: day, places: cityOnly, recent: 14, releasedMs: after(day, 8 * hourMs) } as const
const byMinute = { cadence: minute, places: cityOnly, recent: 3, releasedMs: minuteStart } as const
/** Told at the event, so not every slot has one. */
const twiceDaily = { cadence: halfDay, places: cityOnly, recent: 60, releasedMs: halfDayStart } as const

/** 0 none, 1 blue … 4 red: the highest rainstorm signal in force, of the same invented warnings that the city lists. */
function rainSignal(seed: string, epochMs: number): number {
  const levels = warningsAt(seed, epochMs)
    .filter(({ event }) => event === '暴雨')
    .map(({ level }) => 5 - level)
  return Math.max(0, ...levels)
}

/** 0 none, 1 yellow, by the day's mean of PM2.5 alone: an index above 200. */
function airSignal(seed: string, endMs: number): number {
  let sum = 0
  for (let hour = 1; hour <= 24; hour += 1) sum += concentration(seed, 'PM25', endMs - hour * hourMs, '')
  return subIndex('PM25', Math.round(sum / 24), endMs) > 200 ? 1 : 0
}

/** Small events only, so that no exercise of a disaster begins by chance. Not told where nothing shook. */
const shakes = (slot: number): boolean => fraction('quakes', 'slot', slot) < 0.08

export const hazardSeries: readonly SimSeries[] = [
  {
    ...twiceDaily,
    code: 'NAT.RAIN.WARN',
    at: (seed, _p, slot) => ({ value: rainSignal(seed, halfDayStart(slot)) }),
  },
  {
    ...twiceDaily,
    code: 'ECO.AIR.WARN',
    at: (seed, _p, slot) => ({ value: airSignal(seed, halfDayStart(slot)) }),
  },
  {
    ...byDay,
    code: 'NAT.GEO.RISK',
    releasedMs: (slot) => dayStartMs(slot) + 8 * hourMs,
    at: (seed, _p, slot) => {
      const rain = rainSum(seed, dayStartMs(slot) + 8 * hourMs, 24)
      return { value: rain >= 100 ? 4 : rain >= 50 ? 3 : rain >= 25 ? 2 : 1 }
    },
  },
  {
    ...twiceDaily,
    code: 'NAT.EQ.MAG',
    recent: 120,
    releasedMs: (slot) => (shakes(slot) ? halfDayStart(slot) : undefined),
    at: (seed, _p, slot) => ({ value: whole(seed, 10, 26, 'quakes', slot) / 10 }),
  },
  {
    ...twiceDaily,
    code: 'NAT.FIRE.HOT',
    at: (seed, _p, slot) => {
      const { month } = cityParts(halfDayStart(slot))
      const most = month === 4 || month === 10 ? 9 : month === 3 || month === 11 ? 5 : 2
      const share = fraction(seed, 'hot-spots', slot)
      return { value: Math.floor(most * share * share) }
    },
  },
  {
    ...byMinute,
    code: 'LIF.GAS.CH4',
    places: withDim('sensor', gasSensors),
    at: (seed, place, slot) => ({
      value: rounded(clamp(0.5 + 0.4 * drift(seed, slot / 11, 'methane', place.dims.sensor!), 0, 100), 1),
    }),
  },
  {
    ...byMinute,
    code: 'LIF.WAT.CL',
    at: (seed, _p, slot) => ({ value: rounded(0.62 + 0.14 * drift(seed, slot / 45, 'chlorine'), 2) }),
  },
  byMonth('LIF.WAT.LEAK', 8.7, 0.5, 1),
  byMonth('ECO.WAT.TLI', 47, 5, 1),
  yearly('ECO.EQI', 57.4, 0.8, 1),
  yearly('ECO.SOI.SAFE', 94, 1.2, 1, 100),
  yearly('ECO.CO2.INT', 1.14, 0.06, 2),
]
