import { clamp, drift, fraction, rounded, whole } from './chance.ts'
import { dayIndex, dayMs, hourMs, minuteMs, zoneOffsetMs } from './city-time.ts'
import { rainSum } from './weather.ts'

/** What the rosters say; how many are in place wanders below it. */
export const roster = { teams: 86, staff: 1_430, pumps: 44, cameras: 6_240 }

export function teamsOnDuty(seed: string, epochMs: number): number {
  return roster.teams - Math.floor(2.4 * fraction(seed, 'teams', Math.floor(epochMs / (30 * minuteMs))))
}

export function staffOnDuty(seed: string, epochMs: number): number {
  return Math.floor(roster.staff - 12 - 10 * drift(seed, epochMs / (2 * hourMs), 'staff'))
}

export function pumpsReady(seed: string, epochMs: number): number {
  const busy = rainSum(seed, epochMs, 3) > 8 ? 4 : 0
  return roster.pumps - busy - whole(seed, 1, 4, 'pumps', Math.floor(epochMs / (2 * hourMs)))
}

/** Share of cameras on line, per cent. */
export function videoOnline(seed: string, epochMs: number): number {
  return rounded(
    clamp(
      98.3 +
        0.5 * drift(seed, epochMs / hourMs, 'video') +
        0.1 * drift(seed, epochMs / 60_000, 'video', 'minute'),
      90,
      100,
    ),
    1,
  )
}

export function resourcesReady(seed: string, day: number): number {
  return rounded(96 + 2 * drift(seed, day / 5, 'resources'), 1)
}

/** Fire calls of one hour of the city. */
function callsInHour(seed: string, hour: number): number {
  const busy = hour % 24 >= 8 && hour % 24 <= 21 ? 1.7 : 0.7
  return Math.floor(busy + 1.8 * fraction(seed, 'fire-call', hour))
}

/** Calls in the 24 hours before. */
export function callsOfDay(seed: string, epochMs: number): number {
  const hour = Math.floor((epochMs + zoneOffsetMs) / hourMs)
  let sum = 0
  for (let back = 1; back <= 24; back += 1) sum += callsInHour(seed, hour - back)
  return sum
}

/** Mean time from dispatch to arrival over the last 24 hours, whole seconds, renewed each quarter of an hour. */
export function meanArrival(seed: string, epochMs: number): number {
  const quarter = epochMs / (15 * minuteMs)
  return Math.floor(
    472 + 34 * drift(seed, quarter / 30, 'arrival') + 9 * drift(seed, quarter / 3, 'arrival', 'quick'),
  )
}

export function turnout(seed: string, epochMs: number): number {
  return Math.floor(49 + 6 * drift(seed, epochMs / (8 * hourMs), 'turnout'))
}

/** Share of calls reached within five minutes, per cent of a day. */
export function withinFive(seed: string, day: number): number {
  return rounded(71 + 5 * drift(seed, day / 5, 'arrival-five'), 1)
}

/** Open alarms of major hazard sources. */
export function hazardAlarms(seed: string, epochMs: number): number {
  return Math.max(0, Math.floor(1.6 + 2.2 * drift(seed, epochMs / (40 * minuteMs), 'hazard')))
}

export function hazardFixed(seed: string, week: number): number {
  return rounded(97.2 + 1.8 * drift(seed, week / 3, 'hazard', 'fixed'), 1)
}

/** Structures over their limit; rises with rain. */
export function bridgeAlarms(seed: string, epochMs: number): number {
  return Math.max(
    0,
    Math.floor(
      0.4 + 1.4 * drift(seed, dayIndex(epochMs) + ((epochMs + zoneOffsetMs) % dayMs) / dayMs, 'bridge'),
    ),
  )
}
