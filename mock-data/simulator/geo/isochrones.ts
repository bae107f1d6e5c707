import { fraction } from '../chance.ts'
import { minuteMs } from '../city-time.ts'
import { remembered } from '../remembered.ts'
import { congestion } from '../sensors.ts'
import { shareInCity } from './county-shape.ts'
import { facilitiesOf } from './facilities.ts'
import { areaOf, featureOf } from './feature.ts'
import { away, toLonLat, toMetres, type Metres } from './plane.ts'
import { lastKnown } from './statement.ts'

const rays = 24
/** Free speed of a fire engine on its way, straight line, m/s; turning out takes the first minute. */
const freeSpeed = 11
const spans = [15, 10, 5] as const

/** How well streets lead in each direction, 0.6–1: the same for every span, so that the areas lie in each other. */
function leads(seed: string, station: string, ray: number): number {
  const [own, next] = [ray, (ray + 1) % rays].map((index) => fraction(seed, 'geo', 'leads', station, index))
  return 0.6 + 0.2 * own! + 0.2 * next!
}

interface Star {
  station: string
  name: string
  region: string
  middle: Metres
  /** Metres that can be driven in each direction in the longest span with free streets, cut where the city ends. */
  reachM: number[]
}

const stars = remembered(1, (seed): readonly Star[] =>
  facilitiesOf(seed)
    .filter(({ kind }) => kind === 'fire-station')
    .map(({ id, name, region, place }) => {
      const middle = toMetres(place)
      const reachM = Array.from({ length: rays }, (_, ray) => {
        const far = freeSpeed * 14 * 60 * leads(seed, id, ray)
        return far * shareInCity(place, toLonLat(away(middle, (ray * 360) / rays, far)))
      })
      return { station: id, name, region, middle, reachM }
    }),
)

export const isochronesStepMs = 15 * minuteMs
/** Where the engines of each station arrive within 5, 10 and 15 minutes with the traffic of the quarter; the widest first. */
export const isochrones = lastKnown(isochronesStepMs, (seed, atMs) => {
  // An engine with its siren on loses less than the others.
  const slowed = 1 + (congestion(seed, atMs) - 1) * 0.4
  return stars(seed, 0).flatMap(({ station, name, region, middle, reachM }) =>
    spans.map((minutes) => {
      const share = (minutes - 1) / 14 / slowed
      const ring = reachM.map((far, ray) => away(middle, (ray * 360) / rays, Math.max(60, far * share)))
      const id = `isochrone-${station}-${minutes}`
      return featureOf('isochrones', id, areaOf(ring), { name, region, origin: station, minutes })
    }),
  )
})
