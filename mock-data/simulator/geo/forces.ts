import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { incidentsReported, longestLifeMs, type SimIncident } from '../incidents.ts'
import { countyAt } from './county-shape.ts'
import { featureOf, pointAt } from './feature.ts'
import { forcesOf, sentTo, type Force } from './force-stock.ts'
import { endMs, journey, placeAt } from './journey.ts'
import { distance, toLonLat, toMetres, type Metres } from './plane.ts'
import { nearestNode } from './street-places.ts'
import { waysFrom, wayTo, type Ways } from './street-ways.ts'
import { lastKnown } from './statement.ts'

const metresPerSecond = 10
const farthestM = 40_000
const longestDriveMs = 2 * hourMs

function spotOf({ report }: SimIncident): Metres | undefined {
  if (!report.place) return undefined
  const place = [report.place.longitude, report.place.latitude] as const
  return countyAt(place) === undefined ? undefined : toMetres(place)
}

/** The force whose base lies nearest, whether it is free or not. */
function calledBy(seed: string, incident: SimIncident): Force | undefined {
  const spot = spotOf(incident)
  if (!spot) return undefined
  const [nearest] = forcesOf(seed)
    .filter(({ kind }) => kind === sentTo[incident.report.kind])
    .map((force) => ({ force, far: distance(force.base, spot) }))
    .sort((a, b) => a.far - b.far)
  return nearest && nearest.far < farthestM ? nearest.force : undefined
}

/** From each base to everywhere: bases are few, and calls come back to them again and again. */
const waysOf = new Map<number, Ways>()

/** Corners of the drive along the streets from the base to the spot. */
function driveTo(base: Metres, spot: Metres): Metres[] {
  const start = nearestNode(base)
  const ways = waysOf.get(start) ?? waysFrom(start)
  waysOf.set(start, ways)
  return [base, ...wayTo(ways, nearestNode(spot)).points, spot]
}

interface Duty {
  incident: SimIncident
  place: Metres
  state: 'moving' | 'on-site'
}

/** What each force does at the instant. One that was called before a job was over and driven home from does not take the next. */
function dutiesAt(seed: string, epochMs: number): ReadonlyMap<string, Duty> {
  // A job can hang on one before it, and that one on none: a call is weighed against calls, not against who answered them.
  const from = epochMs - 2 * (longestLifeMs + 2 * longestDriveMs)
  const duties = new Map<string, Duty>()
  const busyUntil = new Map<string, number>()
  for (const incident of incidentsReported(seed, from, epochMs + 1)) {
    const force = calledBy(seed, incident)
    if (!force) continue
    const spot = spotOf(incident)!
    const drive = driveTo(force.base, spot)
    const there = journey(drive, incident.acceptedMs + 2 * minuteMs, metresPerSecond)
    const leavesMs = Math.max(incident.closedMs, endMs(there))
    const home = journey(drive.toReversed(), leavesMs, metresPerSecond)
    const free = (busyUntil.get(force.id) ?? 0) <= incident.reportedMs
    busyUntil.set(force.id, Math.max(busyUntil.get(force.id) ?? 0, endMs(home)))
    if (!free || epochMs < there.timesMs[0]! || epochMs >= endMs(home)) continue
    if (epochMs < endMs(there))
      duties.set(force.id, { incident, place: placeAt(there, epochMs), state: 'moving' })
    else if (epochMs < leavesMs) duties.set(force.id, { incident, place: spot, state: 'on-site' })
    else duties.set(force.id, { incident, place: placeAt(home, epochMs), state: 'moving' })
  }
  return duties
}

function readAt(seed: string, epochMs: number): MapFeature[] {
  const duties = dutiesAt(seed, epochMs)
  return forcesOf(seed).map(({ id, kind, name, people, base }) => {
    const duty = duties.get(id)
    const place = toLonLat(duty?.place ?? base)
    const task = duty === undefined ? {} : { task: duty.incident.report.title }
    return featureOf('forces', id, pointAt(place), {
      name,
      kind,
      people,
      state: duty?.state ?? 'standby',
      ...task,
    })
  })
}

export const forcesStepMs = 10_000
export const forces = lastKnown(forcesStepMs, readAt)
