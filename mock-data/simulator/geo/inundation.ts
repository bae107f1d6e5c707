import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { clamp, drift } from '../chance.ts'
import { temperature } from '../weather.ts'
import { areaOf, featureOf } from './feature.ts'
import { countingRain, floodShareOf } from './flood-water.ts'
import { distance, type Metres } from './plane.ts'
import { townReach } from './river-reach.ts'
import { forecast } from './statement.ts'

/** Metres by which the river stands above its banks at the fullest. */
const highestM = 2.4
const bands = [
  // `from` is the least depth of a band in metres, `inset` corners left dry at each end.
  { band: 'shallow', from: 0, inset: 4 },
  { band: 'middle', from: 0.5, inset: 12 },
  { band: 'deep', from: 1, inset: 20 },
] as const

/** Metres by which the ground rises on a metre away from the bank: gentle and steep by turns, the same in every flood. */
function slope(seed: string, corner: number, side: number): number {
  const wide = drift(seed, corner / 18, 'geo', 'low-ground', side)
  const rough = drift(seed, corner / 5, 'geo', 'low-ground', side, 'rough')
  return 1 / (270 + 190 * wide + 60 * rough)
}

/** Unit vector to the right of the reach at a corner. */
function across(line: readonly Metres[], corner: number): Metres {
  const [a, b] = [line[Math.max(0, corner - 1)]!, line[Math.min(line.length - 1, corner + 1)]!]
  const length = distance(a, b)
  return [(b[1] - a[1]) / length, (a[0] - b[0]) / length]
}

/** The edge of all water that is deeper than `fromM` where the river stands `levelM` above its banks. */
function edgeOf(seed: string, levelM: number, { from, inset }: (typeof bands)[number]): Metres[] {
  const { line, halfWidth } = townReach()
  const [first, last] = [inset, line.length - 1 - inset]
  const bank = (side: number) =>
    Array.from({ length: last - first - 1 }, (_, index): Metres => {
      const corner = first + 1 + index
      const tapered = clamp(Math.min(corner - first, last - corner) / 20, 0, 1)
      // The channel itself is deep as soon as the river leaves it.
      const wet = (levelM - from) / slope(seed, corner, side)
      const width = side * tapered * (halfWidth * (1 - 0.15 * from) + wet)
      const [[east, north], [acrossEast, acrossNorth]] = [line[corner]!, across(line, corner)]
      return [east + acrossEast * width, north + acrossNorth * width]
    })
  return [line[first]!, ...bank(1), line[last]!, ...bank(-1).toReversed()]
}

/** Metres above the banks: quick to leave them, slow to rise over the wide low ground. */
function levelOf(rainMm: number): number {
  return highestM * Math.sqrt(floodShareOf(rainMm))
}

/** The three depth bands for so much counting rain, each with a hole where the next deeper begins; none while it drains away. */
export function inundationOf(seed: string, rainMm: number): MapFeature[] {
  const levelM = levelOf(rainMm)
  const wet = bands.filter(({ from }) => levelM > from)
  const rings = wet.map((band) => edgeOf(seed, levelM, band))
  return wet.map(({ band }, index) => {
    const geometry = areaOf(...rings.slice(index, index + 2))
    return featureOf('inundation', `inundation-${band}`, geometry, { name: '示意河段沿岸低洼地', band })
  })
}

/** Edge of the water as a closed ring in metres; nothing where none stands or all is ice. */
export function waterEdge(seed: string, atMs: number, runMs: number): Metres[] | undefined {
  const levelM = levelOf(countingRain(seed, atMs, runMs))
  if (levelM === 0 || temperature(seed, atMs) <= 0) return undefined
  const ring = edgeOf(seed, levelM, bands[0])
  return [...ring, ring[0]!]
}

/** Every ten minutes, and by hourly runs up to three hours ahead. */
export const inundationStepMs = 10 * minuteMs
export const inundation = forecast(
  { stepMs: inundationStepMs, everyMs: hourMs, leadMs: 4 * hourMs },
  (seed, atMs, runMs) =>
    temperature(seed, atMs) <= 0 ? [] : inundationOf(seed, countingRain(seed, atMs, runMs)),
)
