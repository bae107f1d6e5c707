import { apportion, drift, fraction, fromCurve } from './chance.ts'
import { cityParts, dayMs, festivalFactor, hourMs, zoneOffsetMs } from './city-time.ts'
import { counties, topics } from './places.ts'
import { remembered } from './remembered.ts'
import { rainSum, temperature } from './weather.ts'

/** Calls to 12345 by hour of the day, as parts of a day; the city's own volumes are not published, the level is assumed. */
const dayCurve = [
  0.5, 0.3, 0.2, 0.2, 0.3, 0.6, 1.6, 3.6, 7.2, 8.6, 8.4, 7.4, 5.4, 6.4, 7.6, 7.8, 7.4, 6.2, 5.2, 4.6, 4.2,
  3.2, 1.9, 1.2,
]
const curveSum = dayCurve.reduce((a, b) => a + b, 0)
const dayMean = 8_200
const weekdays = [0.78, 1.12, 1.06, 1.04, 1.02, 1.0, 0.84]

/** Requests in the hour with this number (hours since 1970 in the city's zone). */
export const hourVolume = remembered(16_000, (seed: string, hour: number): number => {
  const start = hour * hourMs - zoneOffsetMs
  const { weekday } = cityParts(start)
  const rain = 1 + Math.min(0.35, rainSum(seed, start, 6) / 60)
  const cold = temperature(seed, start) < -18 ? 1.12 : 1
  const noise =
    1 + 0.1 * drift(seed, hour / 3, 'hotline', 'hour') + 0.06 * drift(seed, hour / 60, 'hotline', 'days')
  return Math.floor(
    dayMean *
      (dayCurve[hour % 24]! / curveSum) *
      weekdays[weekday]! *
      festivalFactor(start, 0.6) *
      rain *
      cold *
      noise,
  )
})

type Split = (seed: string, hour: number) => readonly number[]

const whole: Split = () => [1]
const byCounty = remembered(2_000, (seed, hour) =>
  counties.map(({ code, voice }) => voice * (1 + 0.06 * drift(seed, hour / 30, 'hotline', code))),
)
const byTopic = remembered(2_000, topicWeights)

/** Counts from the city's midnight to the end of the hour, split by weight. */
function dayTotals(split: Split): (seed: string, hour: number) => readonly number[] {
  const total = remembered(2_000, (seed, hour): readonly number[] => {
    const parts = apportion(hourVolume(seed, hour), split(seed, hour))
    if (hour % 24 === 0) return parts
    const before = total(seed, hour - 1)
    return parts.map((part, index) => part + before[index]!)
  })
  return total
}

/** The same up to any instant: the hour's tickets arrive evenly in it. */
function soFar(split: Split): (seed: string, epochMs: number) => readonly number[] {
  const totals = dayTotals(split)
  // One minute is asked for every topic and county in turn.
  return remembered(64, (seed, epochMs): readonly number[] => {
    const local = epochMs + zoneOffsetMs
    const hour = Math.floor(local / hourMs)
    const arrived = apportion(
      Math.floor((hourVolume(seed, hour) * (local % hourMs)) / hourMs),
      split(seed, hour),
    )
    if (hour % 24 === 0) return arrived
    const before = totals(seed, hour - 1)
    return arrived.map((count, index) => count + before[index]!)
  })
}

const wholeSoFar = soFar(whole)

/** Requests from the city's midnight to the instant. */
export function volumeToday(seed: string, epochMs: number): number {
  return wholeSoFar(seed, epochMs)[0]!
}

/** The same by county unit; the parts sum to the city's count exactly. */
export const countyVolumeToday = soFar(byCounty)

/** The same by topic. */
export const topicVolumeToday = soFar(byTopic)

/** Requests of one whole hour by topic, in the order of `topics`. */
export function hourTopics(seed: string, hour: number): number[] {
  return apportion(hourVolume(seed, hour), byTopic(seed, hour))
}

/** What people call about depends on rain, cold and the hour of night. */
function topicWeights(seed: string, hour: number): number[] {
  const start = hour * hourMs - zoneOffsetMs
  const rain = Math.min(1, rainSum(seed, start, 6) / 15)
  const month = cityParts(start).month
  const heating = month >= 10 || month <= 4 ? (month === 10 || month === 11 ? 26 : 17) : 1
  const night = hour % 24 >= 21 || hour % 24 <= 5 ? 3 : 1
  const base: Record<(typeof topics)[number], number> = {
    ponding: 2 + 22 * rain,
    'water-supply': 10,
    property: 15,
    'night-noise': 5 * night,
    bus: 9,
    heating,
    roads: 10 + 4 * rain,
    'social-security': 9,
    sanitation: 8,
    parking: 9,
  }
  return topics.map((topic) => base[topic] * (1 + 0.22 * drift(seed, hour / 40, 'topic', topic)))
}

/** Mean of the last seven days' count in one hour of the day, to one decimal. */
export function usualHour(seed: string, day: number, hourOfDay: number): number {
  let sum = 0
  for (let back = 1; back <= 7; back += 1) sum += hourVolume(seed, (day - back) * 24 + hourOfDay)
  return Math.floor((sum / 7) * 10 + 0.5) / 10
}

/** Today's count so far against the mean of the seven days before at the same time, per cent. */
export function againstUsual(seed: string, epochMs: number): number {
  let usual = 0
  for (let back = 1; back <= 7; back += 1) usual += volumeToday(seed, epochMs - back * dayMs)
  return usual === 0 ? 0 : Math.floor((volumeToday(seed, epochMs) / (usual / 7) - 1) * 1000 + 0.5) / 10
}

/** Per cent of a day, as the hotline's own assessment gives them the next morning. */
export function dayRate(
  seed: string,
  kind: 'response' | 'solved' | 'satisfied' | 'connect' | 'on-time',
  day: number,
): number {
  const [mean, spread] = {
    response: [99.1, 0.5],
    solved: [93.2, 1.6],
    satisfied: [94.9, 1.2],
    connect: [97.6, 1.2],
    'on-time': [98.3, 0.9],
  }[kind] as [number, number]
  return (
    Math.floor(
      (mean +
        spread *
          (0.7 * drift(seed, day / 6, 'rate', kind) + 0.3 * (fraction(seed, 'rate', kind, day) * 2 - 1))) *
        10 +
        0.5,
    ) / 10
  )
}

/** A smoothed load of the hotline's queue, used for the share of calls that get through. */
export function connectNow(seed: string, epochMs: number): number {
  const busy = fromCurve(dayCurve, ((epochMs + zoneOffsetMs) % dayMs) / hourMs) / 8.6
  return (
    Math.floor((99.2 - 2.6 * busy + 0.6 * drift(seed, epochMs / 900_000, 'hotline', 'connect')) * 10 + 0.5) /
    10
  )
}
