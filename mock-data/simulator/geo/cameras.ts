import { minuteMs } from '../city-time.ts'
import { fraction, oneOf, whole } from '../chance.ts'
import { videoOnline } from '../readiness.ts'
import { featureOf, numbered, pointAt } from './feature.ts'
import { anyCrossing } from './drives.ts'
import { distance, toLonLat, type Metres } from './plane.ts'
import { townReach } from './river-reach.ts'
import { lastKnown } from './statement.ts'
import { streetNetwork } from './street-network.ts'
import { nearestNode } from './street-places.ts'

const [atCrossings, atRiver] = [64, 16]

/** From the middle of a street or from the water to the pole. */
const poleM = 9

function bankOf(before: Metres, at: Metres, metres: number): Metres {
  const length = distance(before, at)
  return [at[0] + ((at[1] - before[1]) / length) * metres, at[1] - ((at[0] - before[0]) / length) * metres]
}

function placeOf(seed: string, index: number, id: string): Metres {
  if (index < atCrossings) {
    const corner = streetNetwork().nodes[nearestNode(anyCrossing(seed, 0.75, 'geo', id))]!
    return [corner[0] + poleM, corner[1] + poleM]
  }
  const { line, halfWidth } = townReach()
  const at = (index - atCrossings + 1) * Math.floor(line.length / (atRiver + 1))
  return bankOf(line[at - 1]!, line[at]!, halfWidth + poleM)
}

export const camerasStepMs = 5 * minuteMs
/** Eighty of the city's cameras; as many are off line as the share of all of them says, others every half hour. */
export const cameras = lastKnown(camerasStepMs, (seed, atMs) => {
  const offline = 1 - videoOnline(seed, atMs) / 100
  const halfHour = Math.floor(atMs / (30 * minuteMs))
  return Array.from({ length: atCrossings + atRiver }, (_, index) => {
    const id = numbered('camera-', index + 1, 3)
    const off = fraction(seed, 'geo', id, 'off', halfHour) < offline
    return featureOf('cameras', id, pointAt(toLonLat(placeOf(seed, index, id)), 6), {
      name: numbered('示意摄像机', index + 1, 3),
      heading: whole(seed, 0, 23, 'geo', id, 'heading') * 15,
      angle: oneOf(seed, [45, 60, 75, 90], 'geo', id, 'angle'),
      range: whole(seed, 8, 25, 'geo', id, 'range') * 10,
      state: off ? 'offline' : 'online',
    })
  })
})
