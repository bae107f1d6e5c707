import { ringHolds } from '../../sketch/plane.ts'
import { minuteMs } from '../city-time.ts'
import { remembered } from '../remembered.ts'
import { congestion } from '../sensors.ts'
import { facilitiesOf } from './facilities.ts'
import { areaOf, featureOf } from './feature.ts'
import { levelRings } from './level-ring.ts'
import { toMetres, type Metres } from './plane.ts'
import { lastKnown } from './statement.ts'
import { reachedFrom, type Reached } from './travel-time.ts'

const spans = [15, 10, 5] as const
/** Turning out takes the first minute. */
const turnOutS = 60

interface Station {
  station: string
  name: string
  region: string
  reached: Reached
}

const stations = remembered(1, (seed): readonly Station[] =>
  facilitiesOf(seed)
    .filter(({ kind }) => kind === 'fire-station')
    .map(({ id, name, region, place }) => ({
      station: id,
      name,
      region,
      reached: reachedFrom(toMetres(place)),
    })),
)

/** The outline of what is reached in so many seconds of free streets, about the station. */
function outline({ lattice, start }: Reached, seconds: number): Metres[] {
  const about = levelRings(lattice, seconds).filter((ring) => ringHolds([...ring, ring[0]!], start))
  return about.toSorted((a, b) => b.length - a.length)[0]!
}

export const isochronesStepMs = 15 * minuteMs
/** Where the engines of each station arrive within 5, 10 and 15 minutes with the traffic of the quarter; the widest first. */
export const isochrones = lastKnown(isochronesStepMs, (seed, atMs) => {
  // An engine with its siren on loses less than the others.
  const slowed = 1 + (congestion(seed, atMs) - 1) * 0.4
  return stations(seed, 0).flatMap(({ station, name, region, reached }) =>
    spans.map((minutes) => {
      const ring = outline(reached, (minutes * 60 - turnOutS) / slowed)
      const id = `isochrone-${station}-${minutes}`
      return featureOf('isochrones', id, areaOf(ring), { name, region, origin: station, minutes })
    }),
  )
})
