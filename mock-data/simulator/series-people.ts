import { after, everyMonthRelease } from './calendar.ts'
import { drift, rounded } from './chance.ts'
import { dayMs, dayStartMs, hourMs, minuteMs, zoneOffsetMs } from './city-time.ts'
import { slowLevel } from './economy-rates.ts'
import {
  againstUsual,
  connectNow,
  countyVolumeToday,
  dayRate,
  hourVolume,
  topicVolumeToday,
  usualHour,
  volumeToday,
} from './hotline.ts'
import { heat, intervalOf, sampleSize, shares } from './opinion.ts'
import { cityOnly, counties, countyPlaces, topics, withDim, type Place } from './places.ts'
import type { SimSeries } from './series.ts'

const minute = { stepMs: minuteMs }
const hour = { stepMs: hourMs }
const day = { stepMs: dayMs }
/** The last instant of a minute: what is counted "so far" is counted up to there, still on the same day. */
const minuteEnd = (slot: number) => (slot + 1) * minuteMs - zoneOffsetMs - 1

const byMinute = { cadence: minute, places: cityOnly, releasedMs: after(minute, 0), recent: 3 } as const
const byHour = { cadence: hour, places: cityOnly, releasedMs: after(hour, 2 * minuteMs), recent: 26 } as const
const byDay = { cadence: day, places: cityOnly, releasedMs: after(day, 6 * hourMs), recent: 14 } as const
const everyMonth = { cadence: 'M', places: cityOnly, releasedMs: everyMonthRelease, recent: 24 } as const

function topicIndex(place: Place): number {
  return topics.indexOf(place.dims.topic as (typeof topics)[number])
}

const rates = [
  ['PUB.12345.RESP', 'response'],
  ['PUB.12345.SOLVE', 'solved'],
  ['PUB.12345.SAT', 'satisfied'],
  ['PUB.12345.ONTIME', 'on-time'],
] as const

const polarities = ['positive', 'neutral', 'negative'] as const

export const peopleSeries: readonly SimSeries[] = [
  {
    ...byMinute,
    code: 'PUB.12345.VOL',
    places: [...cityOnly, ...countyPlaces],
    at: (seed, place, slot) => {
      const county = counties.findIndex(({ code }) => code === place.region)
      return {
        value:
          county < 0 ? volumeToday(seed, minuteEnd(slot)) : countyVolumeToday(seed, minuteEnd(slot))[county]!,
      }
    },
  },
  {
    ...byMinute,
    code: 'PUB.12345.DEVIATION',
    at: (seed, _p, slot) => ({ value: againstUsual(seed, minuteEnd(slot)) }),
  },
  {
    ...byMinute,
    code: 'PUB.12345.CONN',
    at: (seed, _p, slot) => ({ value: connectNow(seed, minuteEnd(slot)) }),
  },
  { ...byHour, code: 'PUB.12345.HOURLY', at: (seed, _p, slot) => ({ value: hourVolume(seed, slot) }) },
  {
    ...byDay,
    keeps: 14,
    code: 'PUB.12345.USUAL',
    releasedMs: (slot) => dayStartMs(slot),
    places: withDim(
      'hour',
      Array.from({ length: 24 }, (_, index) => String(index).padStart(2, '0')),
    ),
    recent: 2,
    at: (seed, place, slot) => ({ value: usualHour(seed, slot, Number(place.dims.hour)) }),
  },
  ...rates.map(([code, kind]): SimSeries => ({
    ...byDay,
    code,
    at: (seed, _p, slot) => ({ value: dayRate(seed, kind, slot) }),
  })),
  {
    cadence: 'W',
    places: cityOnly,
    recent: 12,
    releasedMs: after('W', 9 * hourMs),
    code: 'PUB.12345.REPEAT',
    at: (seed, _p, slot) => ({ value: rounded(6.8 + 1.4 * drift(seed, slot / 4, 'repeat'), 1) }),
  },
  {
    ...byMinute,
    code: 'PUB.12345.TOPIC',
    places: withDim('topic', topics),
    at: (seed, place, slot) => ({ value: topicVolumeToday(seed, minuteEnd(slot))[topicIndex(place)]! }),
  },
  {
    ...byMinute,
    code: 'PUB.12345.TOPIC_WOW',
    places: withDim('topic', topics),
    at: (seed, place, slot) => {
      const [now, before] = [0, 7 * dayMs].map(
        (back) => topicVolumeToday(seed, minuteEnd(slot) - back)[topicIndex(place)]!,
      )
      // Too few a week ago: a percentage of it would say nothing.
      return { value: before! < 10 ? null : rounded((now! / before! - 1) * 100, 0) }
    },
  },
  {
    ...byHour,
    code: 'PUB.OPN.SENTIMENT',
    places: withDim('polarity', polarities),
    at: (seed, place, slot) => {
      const value = shares(seed, slot)[place.dims.polarity as (typeof polarities)[number]]
      const [lower, upper] = intervalOf(value, sampleSize(seed, slot))
      return { value, lower, upper }
    },
  },
  {
    ...byHour,
    code: 'PUB.OPN.NEG',
    at: (seed, _p, slot) => {
      const value = shares(seed, slot).negative
      const [lower, upper] = intervalOf(value, sampleSize(seed, slot))
      return { value, lower, upper }
    },
  },
  { ...byHour, code: 'PUB.OPN.SAMPLE', at: (seed, _p, slot) => ({ value: sampleSize(seed, slot) }) },
  {
    cadence: { stepMs: 5 * minuteMs },
    places: cityOnly,
    recent: 12,
    releasedMs: after({ stepMs: 5 * minuteMs }, 0),
    code: 'PUB.OPN.HEAT',
    at: (seed, _p, slot) => ({ value: heat(seed, slot * 5 * minuteMs - zoneOffsetMs) }),
  },
  {
    ...everyMonth,
    code: 'GOV.ONE.NET',
    at: (seed, _p, slot) => ({ value: slowLevel(seed, slot, 92.4, 1.1, 1, 'one-net') }),
  },
  {
    ...everyMonth,
    code: 'GOV.BAD.FIX',
    at: (seed, _p, slot) => ({ value: Math.min(100, slowLevel(seed, slot, 99.6, 0.4, 1, 'bad-fix')) }),
  },
  {
    cadence: 'W',
    places: cityOnly,
    recent: 12,
    releasedMs: after('W', 10 * hourMs),
    code: 'GOV.DUCHA',
    at: (seed, _p, slot) => ({
      value: rounded(Math.min(100, 98.4 + 1.4 * drift(seed, slot / 3, 'inspection')), 1),
    }),
  },
]
