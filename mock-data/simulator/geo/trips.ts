import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { fraction, whole } from '../chance.ts'
import { minuteMs } from '../city-time.ts'
import { congestion } from '../sensors.ts'
import { featureOf, lineThrough } from './feature.ts'
import { endMs, journey } from './journey.ts'
import { observed } from './statement.ts'
import { streetWalk } from './street-walk.ts'

const slotMs = 10 * minuteMs
const windowMs = 30 * minuteMs
/** No drive takes longer: six legs of five blocks at the slowest. */
const longestMs = 60 * minuteMs
const freeSpeed = 12

function tripsOfSlot(seed: string, slot: number, atMs: number): MapFeature[] {
  const startMs = slot * slotMs
  const traffic = congestion(seed, startMs)
  const count = Math.floor(16 + 34 * (traffic - 1))
  return Array.from({ length: count }, (_, index) => {
    const id = `trip-${slot.toString(36)}-${index}`
    const departMs = startMs + Math.floor(fraction(seed, 'geo', id, 'depart') * slotMs)
    const points = streetWalk(seed, whole(seed, 2, 6, 'geo', id, 'legs'), 'geo', id)
    const speed = (freeSpeed * (0.85 + 0.3 * fraction(seed, 'geo', id, 'speed'))) / traffic
    const way = journey(points, departMs, speed)
    return departMs <= atMs && endMs(way) > atMs - windowMs ? { id, way } : undefined
  }).flatMap((trip) =>
    trip ? [featureOf('trips', trip.id, lineThrough(trip.way.points), { times: [...trip.way.timesMs] })] : [],
  )
}

export const tripsStepMs = 5 * minuteMs
/** Drives begun by the instant and under way in the half hour before it, whole, so that they can be played on to the next step. */
export const trips = observed(tripsStepMs, (seed, atMs) => {
  const [first, last] = [Math.floor((atMs - windowMs - longestMs) / slotMs), Math.floor(atMs / slotMs)]
  return Array.from({ length: last - first + 1 }, (_, index) => tripsOfSlot(seed, first + index, atMs)).flat()
})
