import { toInstant } from '../../../src/domain/instant.ts'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { whole } from '../chance.ts'
import { dayMs, dayStartMs, dayIndex, hourMs, minuteMs } from '../city-time.ts'
import { incidentsOpenAt } from '../incidents.ts'
import { pondingSensors } from '../places.ts'
import { ponding } from '../sensors.ts'
import { anyCrossing } from './drives.ts'
import { featureOf, lineThrough } from './feature.ts'
import { toMetres } from './plane.ts'
import { lastKnown } from './statement.ts'
import { streetNetwork } from './street-network.ts'
import { nearestStreet, stretchAbout, type OnStreet } from './street-places.ts'
import { underpasses } from './street-sights.ts'

/** An underpass is closed at so much water, cm: the depth at which cars stop. */
const closedFromCm = 15
const lookStepMs = 10 * minuteMs
/** Metres to either side of the middle that are closed for works, for a pond and for an incident. */
const [worksM, pondM, incidentM] = [280, 150, 250]

function nameOf({ edge }: OnStreet): string {
  const { edges, names } = streetNetwork()
  return names[edges[edge]!.street]!
}

/** Works on two streets, each for a fortnight that begins on its own weekday. */
function worksAt(seed: string, epochMs: number): MapFeature[] {
  return [0, 1].map((site) => {
    const fortnight = Math.floor((dayIndex(epochMs) + site * 5) / 14)
    const startMs = dayStartMs(fortnight * 14 - site * 5)
    const street = nearestStreet(anyCrossing(seed, 0.55, 'geo', 'works', site, fortnight))!
    const geometry = lineThrough(stretchAbout(street, worksM))
    return featureOf('closed-roads', `closed-works-${site}-${fortnight}`, geometry, {
      name: `${nameOf(street)}（示意段）`,
      reason: '道路施工',
      since: toInstant(startMs + 6 * hourMs),
      until: toInstant(startMs + 14 * dayMs),
    })
  })
}

/** Underpasses at the ponding sensors, closed since the depth was last below the limit. */
function pondsAt(seed: string, epochMs: number): MapFeature[] {
  return pondingSensors.flatMap((sensor, index) => {
    let sinceMs = epochMs
    const deep = (atMs: number) => ponding(seed, sensor, atMs) >= closedFromCm
    if (!deep(epochMs)) return []
    while (deep(sinceMs - lookStepMs) && epochMs - sinceMs < dayMs) sinceMs -= lookStepMs
    // Every third, so that they do not lie in one another's stretch.
    const street = underpasses()[(index * 3 + whole(seed, 0, 2, 'geo', sensor)) % underpasses().length]!
    const said = {
      name: `${nameOf(street)}下穿 ${sensor}（示意）`,
      reason: '道路积水',
      since: toInstant(sinceMs),
    }
    const geometry = lineThrough(stretchAbout(street, pondM))
    return [featureOf('closed-roads', `closed-pond-${sensor}`, geometry, said)]
  })
}

/** The street of each open incident of standing water that was accepted. */
function floodedAt(seed: string, epochMs: number): MapFeature[] {
  return incidentsOpenAt(seed, epochMs).flatMap(({ report, acceptedMs }) => {
    if (report.kind !== '道路积水' || !report.place || acceptedMs > epochMs) return []
    const street = nearestStreet(toMetres([report.place.longitude, report.place.latitude]), 1_500)
    if (!street) return []
    const geometry = lineThrough(stretchAbout(street, incidentM))
    const said = {
      name: report.title,
      region: report.region,
      reason: '道路积水',
      since: toInstant(acceptedMs),
    }
    return [featureOf('closed-roads', `closed-${report.incident}`, geometry, said)]
  })
}

export const closedRoadsStepMs = lookStepMs
export const closedRoads = lastKnown(closedRoadsStepMs, (seed, atMs) => [
  ...worksAt(seed, atMs),
  ...pondsAt(seed, atMs),
  ...floodedAt(seed, atMs),
])
