import { fraction, whole } from '../chance.ts'
import { minuteMs } from '../city-time.ts'
import { featureOf, numbered, pointAt } from './feature.ts'
import { floodedShare } from './flood-water.ts'
import { distance, toMetres } from './plane.ts'
import { townReach } from './river-reach.ts'
import { dealt, placeBeside } from './scatter.ts'
import { lastKnown } from './statement.ts'

const homes = dealt(40)
/** From so far people are brought from the river to a shelter. */
const reachedM = 6_000

/** Indoor shelters. Those near the reach fill while the low ground is under water; every seventh keeps no count. */
export const sheltersStepMs = 15 * minuteMs
export const shelters = lastKnown(sheltersStepMs, (seed, atMs) => {
  const flooded = floodedShare(seed, atMs, atMs)
  return homes.map((region, index) => {
    const id = numbered('shelter-', index + 1)
    const place = placeBeside(seed, region, 4_500, 'geo', id)
    const capacity = whole(seed, 4, 40, 'geo', id, 'capacity') * 50
    const here = toMetres(place)
    const near = townReach().line.some((corner) => distance(corner, here) < reachedM)
    const share = near ? flooded * (0.3 + 0.7 * fraction(seed, 'geo', id, 'share')) : 0
    return featureOf('shelters', id, pointAt(place), {
      name: numbered('示意安置点', index + 1),
      region,
      capacity,
      occupied: index % 7 === 3 ? null : Math.floor(capacity * share),
    })
  })
})
