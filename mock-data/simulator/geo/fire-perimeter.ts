import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { fraction, whole } from '../chance.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { windDirection } from '../weather.ts'
import { countyAt } from './county-shape.ts'
import { fireAt } from './exercise-hours.ts'
import { areaOf, featureOf } from './feature.ts'
import { away, cosineOf, toMetres, type LonLat } from './plane.ts'

import { forecast } from './statement.ts'

/** Slopes in the east of the city, none of them a real forest plot. */
const slopes: readonly LonLat[] = [
  [125.62, 43.62],
  [125.78, 43.43],
  [126.05, 44.2],
]
const rays = 40
/** How much longer the fire is before the wind than across it. */
const stretch = 0.62
/** Metres an hour at the head. */
const headSpeed = 190

export const firePerimeterStepMs = 10 * minuteMs
/** One fire: its edge moves outward only, fastest before the wind at its start. Runs every hour, six hours ahead. */
export const firePerimeter = forecast(
  { stepMs: firePerimeterStepMs, everyMs: hourMs, leadMs: 6 * hourMs },
  (seed, atMs, runMs): MapFeature[] => {
    const fire = fireAt(seed, atMs)
    if (!fire || runMs < fire.startMs) return []
    const place = slopes[whole(seed, 0, slopes.length - 1, 'geo', fire.id, 'slope')]!
    const downwind = windDirection(seed, fire.startMs) + 180
    // A run sees the fire slower or faster than it comes out.
    const pace = runMs === atMs ? 1 : 0.85 + 0.4 * fraction(seed, 'geo', fire.id, 'pace', runMs)
    const burningH = (runMs - fire.startMs + (atMs - runMs) * pace) / hourMs
    const ring = Array.from({ length: rays }, (_, ray) => {
      const degrees = (ray * 360) / rays
      const wind = (1 - stretch) / (1 - stretch * cosineOf(degrees))
      const rough = 0.8 + 0.2 * fraction(seed, 'geo', fire.id, 'edge', ray)
      return away(toMetres(place), downwind + degrees, (40 + headSpeed * burningH) * wind * rough)
    })
    const region = countyAt(place)
    return [
      featureOf('fire-perimeter', `${fire.id}-edge`, areaOf(ring), {
        name: fire.exercise ? '林火演练（示意）' : '林火（示意）',
        ...(region === undefined ? {} : { region }),
        fire: fire.id,
      }),
    ]
  },
)
