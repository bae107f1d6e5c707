import { airQuality, concentration, goodDays, pollutants } from './air.ts'
import { after, everyMonthRelease } from './calendar.ts'
import { monthOf } from './cadence.ts'
import { drift, rounded } from './chance.ts'
import { dayMs, dayStartMs, hourMs, minuteMs, zoneOffsetMs } from './city-time.ts'
import {
  airStations,
  cityOnly,
  counties,
  pondingSensors,
  riverGauges,
  waterSections,
  withDim,
  type Place,
} from './places.ts'
import { ponding, reservoirStage, riverStage, stageWarning } from './sensors.ts'
import type { SimSeries } from './series.ts'
import { goalClass, goodSections, sectionClass } from './water.ts'
import {
  gust,
  highestSoFar,
  rainRate,
  rainSum,
  sky,
  temperature,
  windDirection,
  windSpeed,
} from './weather.ts'

const hour = { stepMs: hourMs }
const minute = { stepMs: minuteMs }
const fourHours = { stepMs: 4 * hourMs }
const hourStart = (slot: number) => slot * hourMs - zoneOffsetMs
const minuteStart = (slot: number) => slot * minuteMs - zoneOffsetMs

/** Stations report a quarter of an hour after the hour. */
const airHour = {
  cadence: hour,
  places: cityOnly,
  releasedMs: after(hour, 15 * minuteMs),
  recent: 26,
} as const
const byMinute = {
  cadence: minute,
  places: cityOnly,
  releasedMs: (slot: number) => minuteStart(slot),
  recent: 3,
} as const
const tenSeconds = { stepMs: 10_000 }
const everyTen = {
  cadence: tenSeconds,
  places: cityOnly,
  releasedMs: (slot: number) => slot * 10_000 - zoneOffsetMs,
  recent: 6,
} as const
const monthly = { cadence: 'M', places: cityOnly, releasedMs: everyMonthRelease, recent: 24 } as const

const section = (place: Place) => place.dims.section as (typeof waterSections)[number]
const gauge = (place: Place) => place.dims.gauge as (typeof riverGauges)[number]

function weather(code: string, read: (seed: string, epochMs: number) => number): SimSeries {
  return { ...byMinute, code, at: (seed, _p, slot) => ({ value: read(seed, minuteStart(slot)) }) }
}

export const natureSeries: readonly SimSeries[] = [
  {
    ...airHour,
    code: 'ECO.AIR.AQI',
    places: [...cityOnly, ...counties.map(({ code }) => ({ region: code, dims: {} }))],
    at: (seed, place, slot) => ({
      value: airQuality(seed, hourStart(slot), place.region === '220100' ? '' : place.region).aqi,
    }),
  },
  {
    ...airHour,
    code: 'ECO.AIR.STATION',
    places: withDim('station', airStations),
    at: (seed, place, slot) => ({ value: airQuality(seed, hourStart(slot), place.dims.station!).aqi }),
  },
  {
    ...airHour,
    code: 'ECO.AIR.PRIMARY',
    at: (seed, _p, slot) => ({ value: airQuality(seed, hourStart(slot), '').primary + 1 }),
  },
  ...pollutants.map((pollutant): SimSeries => ({
    ...airHour,
    code: `ECO.AIR.${pollutant}`,
    at: (seed, _p, slot) => ({ value: concentration(seed, pollutant, hourStart(slot), '') }),
  })),
  {
    ...monthly,
    code: 'ECO.AIR.GOOD',
    at: (seed, _p, slot) => {
      const { year, month } = monthOf(slot)
      return { value: goodDays(seed, year, month) }
    },
  },
  {
    cadence: fourHours,
    recent: 12,
    releasedMs: after(fourHours, 20 * minuteMs),
    code: 'ECO.WAT.CLASS',
    places: withDim('section', waterSections),
    at: (seed, place, slot) => ({
      value: sectionClass(seed, section(place), slot * 4 * hourMs - zoneOffsetMs),
    }),
  },
  {
    cadence: 'A',
    recent: 3,
    releasedMs: (year) => Date.UTC(year, 0, 2),
    code: 'ECO.WAT.GOAL',
    places: withDim('section', waterSections),
    at: (_seed, place) => ({ value: goalClass(section(place)) }),
  },
  { ...monthly, code: 'ECO.WAT.I3', at: (seed, _p, slot) => ({ value: goodSections(seed, slot) }) },
  {
    ...monthly,
    code: 'ECO.WAT.V5',
    at: (seed, _p, slot) => ({ value: drift(seed, slot / 3, 'worst') > 0.93 ? 11.1 : 0 }),
  },
  { ...monthly, code: 'ECO.WAT.SRC', at: () => ({ value: 100 }) },
  {
    ...airHour,
    code: 'ECO.NOI.DAY',
    releasedMs: after(hour, 5 * minuteMs),
    at: (seed, _p, slot) => ({
      value: slot % 24 >= 6 && slot % 24 < 22 ? rounded(56 + 2.5 * drift(seed, slot / 2, 'noise'), 1) : null,
    }),
  },
  {
    ...airHour,
    code: 'ECO.NOI.NIGHT',
    releasedMs: after(hour, 5 * minuteMs),
    at: (seed, _p, slot) => ({
      value: slot % 24 < 6 || slot % 24 >= 22 ? rounded(45.5 + 2 * drift(seed, slot / 2, 'noise'), 1) : null,
    }),
  },
  {
    ...airHour,
    code: 'ECO.SRC.EXCEED',
    releasedMs: after(hour, 10 * minuteMs),
    at: (seed, _p, slot) => ({ value: Math.max(0, Math.floor(0.7 + 2 * drift(seed, slot / 5, 'exceed'))) }),
  },
  weather('NAT.TMP.NOW', temperature),
  weather('NAT.TMP.MAX', highestSoFar),
  weather('NAT.WIND.SPEED', windSpeed),
  weather('NAT.WIND.GUST', gust),
  weather('NAT.WIND.FROM', windDirection),
  weather('NAT.SKY.CODE', sky),
  weather('NAT.RAIN.RATE', rainRate),
  weather('NAT.RAIN.R24', (seed, epochMs) => rainSum(seed, epochMs, 24)),
  {
    ...everyTen,
    code: 'NAT.RIV.STAGE',
    places: withDim('gauge', riverGauges),
    at: (seed, place, slot) => ({ value: riverStage(seed, gauge(place), slot * 10_000 - zoneOffsetMs) }),
  },
  {
    ...everyTen,
    code: 'NAT.RIV.MARGIN',
    places: withDim('gauge', riverGauges),
    at: (seed, place, slot) => ({
      value: rounded(
        riverStage(seed, gauge(place), slot * 10_000 - zoneOffsetMs) - stageWarning(gauge(place)),
        2,
      ),
    }),
  },
  {
    ...byMinute,
    code: 'NAT.RES.STAGE',
    at: (seed, _p, slot) => ({ value: reservoirStage(seed, minuteStart(slot)) }),
  },
  {
    ...everyTen,
    code: 'NAT.WATERLOG',
    places: withDim('sensor', pondingSensors),
    at: (seed, place, slot) => ({
      value: ponding(
        seed,
        place.dims.sensor as (typeof pondingSensors)[number],
        slot * 10_000 - zoneOffsetMs,
      ),
    }),
  },
  {
    cadence: { stepMs: dayMs },
    places: cityOnly,
    recent: 14,
    releasedMs: (slot) => dayStartMs(slot) + 8 * hourMs,
    code: 'NAT.FFDI',
    at: (seed, _p, slot) => {
      const noon = dayStartMs(slot) + 12 * hourMs
      const dry = rainSum(seed, noon, 72) < 1 ? 1 : 0
      const warm = temperature(seed, noon)
      return {
        value:
          warm < 0 ? 1 : Math.min(5, 1 + dry + (warm > 12 ? 1 : 0) + (windSpeed(seed, noon) > 5 ? 1 : 0)),
      }
    },
  },
]
