import { fraction } from '../chance.ts'
import { minuteMs } from '../city-time.ts'
import { remembered } from '../remembered.ts'
import { congestion } from '../sensors.ts'
import { anyCrossing, driveFrom } from './drives.ts'
import { featureOf, lineThrough } from './feature.ts'
import { endMs, journey, type Journey } from './journey.ts'
import { observed } from './statement.ts'

const slotMs = 10 * minuteMs
const windowMs = 30 * minuteMs
/** No drive takes longer: the farthest goal over the slowest streets in the densest traffic. */
const longestMs = 60 * minuteMs
const goalsM = [2_000, 9_000] as const

/** Drives that begin in the ten minutes with this number: more of them, and slower, in dense traffic. */
const drivesOfSlot = remembered(64, (seed, slot): readonly { id: string; way: Journey }[] => {
  const traffic = congestion(seed, slot * slotMs)
  return Array.from({ length: Math.floor(18 + 34 * (traffic - 1)) }, (_, index) => {
    const id = `trip-${slot.toString(36)}-${index}`
    const departMs = slot * slotMs + Math.floor(fraction(seed, 'geo', id, 'depart') * slotMs)
    const pace = (0.8 + 0.3 * fraction(seed, 'geo', id, 'speed')) / traffic
    const { points, speeds } = driveFrom(seed, anyCrossing(seed, 0.6, 'geo', id), goalsM, 'geo', id)
    return {
      id,
      way: journey(
        points,
        departMs,
        speeds.map((speed) => speed * pace),
      ),
    }
  }).filter(({ way }) => way.points.length > 1)
})

export const tripsStepMs = 5 * minuteMs
/** Drives begun by the instant and under way in the half hour before it, whole, so that they can be played on to the next step. */
export const trips = observed(tripsStepMs, (seed, atMs) => {
  const [first, last] = [Math.floor((atMs - windowMs - longestMs) / slotMs), Math.floor(atMs / slotMs)]
  return Array.from({ length: last - first + 1 }, (_, index) => drivesOfSlot(seed, first + index))
    .flat()
    .filter(({ way }) => way.timesMs[0]! <= atMs && endMs(way) > atMs - windowMs)
    .map(({ id, way }) => featureOf('trips', id, lineThrough(way.points), { times: [...way.timesMs] }))
})
