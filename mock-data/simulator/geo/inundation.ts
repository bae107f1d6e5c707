import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { drift } from '../chance.ts'
import { temperature } from '../weather.ts'
import { areaOf, featureOf } from './feature.ts'
import { countingRain, floodShareOf } from './flood-water.ts'
import { distance, type Metres } from './plane.ts'
import { reach } from './river-reach.ts'
import { forecast } from './statement.ts'

const bands = [
  // `from` is the flooded share at which the band begins, `widest` its half width at the fullest, `inset` corners left dry at each end.
  { band: 'shallow', from: 0, widest: 420, inset: 2 },
  { band: 'middle', from: 0.07, widest: 300, inset: 5 },
  { band: 'deep', from: 0.16, widest: 190, inset: 8 },
] as const

/** Low ground lies unevenly along the reach: 0.45 … 1, the same in every flood. */
function lowness(seed: string, corner: number, side: number): number {
  return 0.725 + 0.275 * drift(seed, corner / 3, 'geo', 'low-ground', side)
}

/** Unit vector to the right of the reach at a corner. */
function across(corner: number): Metres {
  const [a, b] = [reach[Math.max(0, corner - 1)]!, reach[Math.min(reach.length - 1, corner + 1)]!]
  const length = distance(a, b)
  return [(b[1] - a[1]) / length, (a[0] - b[0]) / length]
}

function ringAlong(seed: string, halfWidth: number, inset: number): Metres[] {
  const [first, last] = [inset, reach.length - 1 - inset]
  const bank = (side: number) =>
    Array.from({ length: last - first - 1 }, (_, index): Metres => {
      const corner = first + 1 + index
      const tapered = Math.min(1, (corner - first) / 4, (last - corner) / 4)
      const width = side * halfWidth * tapered * lowness(seed, corner, side)
      const [[east, north], [acrossEast, acrossNorth]] = [reach[corner]!, across(corner)]
      return [east + acrossEast * width, north + acrossNorth * width]
    })
  return [reach[first]!, ...bank(1), reach[last]!, ...bank(-1).toReversed()]
}

/** The three depth bands for so much counting rain, each with a hole where the next deeper begins; none while it drains away. */
export function inundationOf(seed: string, rainMm: number): MapFeature[] {
  const share = floodShareOf(rainMm)
  const wet = bands.filter(({ from }) => share > from)
  const rings = wet.map(({ from, widest, inset }) => ringAlong(seed, (share - from) * widest, inset))
  return wet.map(({ band }, index) => {
    const geometry = areaOf(...rings.slice(index, index + 2))
    return featureOf('inundation', `inundation-${band}`, geometry, { name: '示意河段沿岸低洼地', band })
  })
}

/** Every ten minutes, and by hourly runs up to three hours ahead. */
export const inundationStepMs = 10 * minuteMs
export const inundation = forecast(
  { stepMs: inundationStepMs, everyMs: hourMs, leadMs: 4 * hourMs },
  (seed, atMs, runMs) =>
    temperature(seed, atMs) <= 0 ? [] : inundationOf(seed, countingRain(seed, atMs, runMs)),
)
