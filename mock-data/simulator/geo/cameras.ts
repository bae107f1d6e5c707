import { minuteMs } from '../city-time.ts'
import { fraction, oneOf, whole } from '../chance.ts'
import { videoOnline } from '../readiness.ts'
import { featureOf, numbered, pointAt } from './feature.ts'
import { toLonLat, type Metres } from './plane.ts'
import { reach } from './river-reach.ts'
import { lastKnown } from './statement.ts'
import { crossing, streetColumns, streetRows } from './street-grid.ts'

const [atCrossings, atRiver] = [64, 16]

function placeOf(seed: string, index: number, id: string): Metres {
  if (index >= atCrossings)
    return reach[(index - atCrossings + 1) * Math.floor(reach.length / (atRiver + 1))]!
  const column = whole(seed, 1, streetColumns - 2, 'geo', id, 'column')
  return crossing(column, whole(seed, 1, streetRows - 2, 'geo', id, 'row'))
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
