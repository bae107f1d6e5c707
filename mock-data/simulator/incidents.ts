import type { IncidentReport } from '../../src/domain/incident.ts'
import { toInstant } from '../../src/domain/instant.ts'
import { fraction, oneOf, rounded, whole } from './chance.ts'
import { cityParts, minuteMs } from './city-time.ts'
import { placeBeside } from './geo/scatter.ts'
import { incidentKinds, limits, type IncidentKind, type Setting } from './incident-kinds.ts'
import { counties } from './places.ts'
import { remembered } from './remembered.ts'
import { rainRate, temperature, windSpeed } from './weather.ts'

/** One incident of the demo city with its whole life; what a screen may know of it depends on the instant. */
export interface SimIncident {
  report: IncidentReport
  reportedMs: number
  acceptedMs: number
  closedMs: number
  result: string
}

const slotMs = 10 * minuteMs
/** No incident lives longer, so looking back this far finds every open one. */
export const longestLifeMs = 480 * minuteMs
const prefix = 'SIM-'
const letters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']

function fits(setting: Setting, seed: string, epochMs: number): boolean {
  const { month, hour } = cityParts(epochMs)
  switch (setting) {
    case 'any':
      return true
    case 'rain':
      return rainRate(seed, epochMs) > 1 && temperature(seed, epochMs) > 1
    case 'frost':
      return temperature(seed, epochMs) < 0
    case 'heating':
      return month >= 11 || month <= 3
    case 'wind':
      return windSpeed(seed, epochMs) > 6
    case 'night':
      return hour >= 22 || hour <= 5
  }
}

function kindOf(seed: string, slot: number, epochMs: number): IncidentKind {
  const possible = incidentKinds.filter(({ setting }) => fits(setting, seed, epochMs))
  let left = fraction(seed, 'incident', slot, 'kind') * possible.reduce((sum, { weight }) => sum + weight, 0)
  for (const kind of possible) {
    left -= kind.weight
    if (left < 0) return kind
  }
  return possible[possible.length - 1]!
}

/** Where in a limit the thing is really done: mostly well within it, sometimes late. */
function shareOfLimit(seed: string, slot: number, step: string): number {
  const late = fraction(seed, 'incident', slot, step, 'late') < 0.1
  const part = fraction(seed, 'incident', slot, step)
  return late ? 1.02 + 0.2 * part : 0.25 + 0.7 * part
}

/** Metres to either side of the unit's seat within which things happen, beside a street as a caller would say it. */
const aroundM = 4_800

function placeOf(seed: string, slot: number, region: string): { longitude: number; latitude: number } {
  const [longitude, latitude] = placeBeside(seed, region, aroundM, 'incident', slot)
  return { longitude: rounded(longitude, 5), latitude: rounded(latitude, 5) }
}

const incidentOfSlot = remembered(4_000, (seed, slot): SimIncident | undefined => {
  const start = slot * slotMs
  const { hour } = cityParts(start)
  if (fraction(seed, 'incident', slot) > (hour >= 7 && hour <= 21 ? 0.86 : 0.4)) return undefined
  const reportedMs = start + whole(seed, 0, 599, 'incident', slot, 'second') * 1000
  const kind = kindOf(seed, slot, reportedMs)
  const region = oneOf(seed, counties, 'incident', slot, 'county').code
  const [acceptMinutes, closeMinutes] = limits[kind.urgency]
  const acceptedMs = reportedMs + Math.floor(acceptMinutes * shareOfLimit(seed, slot, 'accept') * 60) * 1000
  const closedMs = Math.max(
    acceptedMs + minuteMs,
    reportedMs + Math.floor(closeMinutes * shareOfLimit(seed, slot, 'close') * 60) * 1000,
  )
  const trapped =
    kind.trapped === undefined ? undefined : whole(seed, 1, kind.trapped, 'incident', slot, 'trapped')
  const report: IncidentReport = {
    incident: `${prefix}${slot.toString(36)}`,
    title: kind.title.replace('*', oneOf(seed, letters, 'incident', slot, 'letter')),
    kind: kind.kind,
    region,
    place: placeOf(seed, slot, region),
    urgency: kind.urgency,
    origin: kind.origin,
    reportedAt: toInstant(reportedMs),
    owner: kind.owner,
    acceptBy: toInstant(reportedMs + acceptMinutes * minuteMs),
    closeBy: toInstant(reportedMs + closeMinutes * minuteMs),
    ...(trapped === undefined ? {} : { people: { trapped, missing: 0, dead: 0 } }),
    provenance: 'synthetic',
  }
  return { report, reportedMs, acceptedMs, closedMs, result: kind.result }
})

/** Incidents reported in [from, to), oldest first. */
export function incidentsReported(seed: string, fromMs: number, toMs: number): SimIncident[] {
  const found: SimIncident[] = []
  for (let slot = Math.floor(fromMs / slotMs); slot * slotMs < toMs; slot += 1) {
    const incident = incidentOfSlot(seed, slot)
    if (incident && incident.reportedMs >= fromMs && incident.reportedMs < toMs) found.push(incident)
  }
  return found
}

export function incidentsOpenAt(seed: string, epochMs: number): SimIncident[] {
  return incidentsReported(seed, epochMs - longestLifeMs, epochMs + 1).filter(
    ({ closedMs }) => closedMs > epochMs,
  )
}

/** The incident of that id if the simulator ever made it: another sender's id gives undefined. */
export function incidentOfId(seed: string, id: string): SimIncident | undefined {
  if (!/^SIM-[0-9a-z]+$/.test(id)) return undefined
  const incident = incidentOfSlot(seed, Number.parseInt(id.slice(prefix.length), 36))
  return incident?.report.incident === id ? incident : undefined
}
