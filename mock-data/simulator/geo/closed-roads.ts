import { toInstant } from '../../../src/domain/instant.ts'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { whole } from '../chance.ts'
import { dayMs, dayStartMs, dayIndex, hourMs, minuteMs } from '../city-time.ts'
import { incidentsOpenAt } from '../incidents.ts'
import { pondingSensors } from '../places.ts'
import { ponding } from '../sensors.ts'
import { countyAt } from './county-shape.ts'
import { featureOf, lineThrough } from './feature.ts'
import { toMetres, type Metres } from './plane.ts'
import { lastKnown } from './statement.ts'
import { block, streetColumns, streetRows } from './street-grid.ts'

/** An underpass is closed at so much water, cm: the depth at which cars stop. */
const closedFromCm = 15
const lookStepMs = 10 * minuteMs

function blockOf(seed: string, ...keys: (string | number)[]) {
  const eastward = whole(seed, 0, 1, 'geo', ...keys, 'way') === 1
  const column = whole(seed, 0, streetColumns - 2, 'geo', ...keys, 'column')
  return block(column, whole(seed, 0, streetRows - 2, 'geo', ...keys, 'row'), eastward)
}

/** Works on two blocks, each for a fortnight that begins on its own weekday. */
function worksAt(seed: string, epochMs: number): MapFeature[] {
  return [0, 1].map((site) => {
    const fortnight = Math.floor((dayIndex(epochMs) + site * 5) / 14)
    const startMs = dayStartMs(fortnight * 14 - site * 5)
    const { from, to, name } = blockOf(seed, 'works', site, fortnight)
    return featureOf('closed-roads', `closed-works-${site}-${fortnight}`, lineThrough([from, to]), {
      name: `${name}（示意段）`,
      reason: '道路施工',
      since: toInstant(startMs + 6 * hourMs),
      until: toInstant(startMs + 14 * dayMs),
    })
  })
}

/** Underpasses at the ponding sensors, closed since the depth was last below the limit. */
function pondsAt(seed: string, epochMs: number): MapFeature[] {
  return pondingSensors.flatMap((sensor) => {
    let sinceMs = epochMs
    const deep = (atMs: number) => ponding(seed, sensor, atMs) >= closedFromCm
    if (!deep(epochMs)) return []
    while (deep(sinceMs - lookStepMs) && epochMs - sinceMs < dayMs) sinceMs -= lookStepMs
    const { from, to, name } = blockOf(seed, 'sensor', sensor)
    const id = `closed-pond-${sensor}`
    const said = { name: `${name}下穿 ${sensor}（示意）`, reason: '道路积水', since: toInstant(sinceMs) }
    return [featureOf('closed-roads', id, lineThrough([from, to]), said)]
  })
}

/** A stretch of 500 m through each open incident of standing water that was accepted. */
function floodedAt(seed: string, epochMs: number): MapFeature[] {
  return incidentsOpenAt(seed, epochMs).flatMap(({ report, acceptedMs }) => {
    if (report.kind !== '道路积水' || !report.place || acceptedMs > epochMs) return []
    const place = [report.place.longitude, report.place.latitude] as const
    if (countyAt(place) === undefined) return []
    const [east, north] = toMetres(place)
    const ends: Metres[] = [
      [east - 250, north],
      [east + 250, north],
    ]
    const said = {
      name: report.title,
      region: report.region,
      reason: '道路积水',
      since: toInstant(acceptedMs),
    }
    return [featureOf('closed-roads', `closed-${report.incident}`, lineThrough(ends), said)]
  })
}

export const closedRoadsStepMs = lookStepMs
export const closedRoads = lastKnown(closedRoadsStepMs, (seed, atMs) => [
  ...worksAt(seed, atMs),
  ...pondsAt(seed, atMs),
  ...floodedAt(seed, atMs),
])
