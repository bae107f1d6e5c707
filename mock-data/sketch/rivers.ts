import { portableSin } from '../../src/domain/portable-math.ts'
import type { Random } from '../../src/domain/random.ts'
import { type Metres, lengthOf } from './plane.ts'

export interface River {
  /** Downstream. */
  line: Metres[]
  halfWidth: number
}

interface Chance {
  random(...keys: (string | number)[]): Random
}

/** Steps of a course in metres, within the town and beyond. */
const [NEAR, FAR] = [200, 800]
const HALF_WIDTHS = [55, 40, 95]

/**
 * A river through the town and two on the side where the other places lie, side by side as in a plain. They run as the land
 * falls between the known heights.
 * @param reach how far out they are drawn, metres; what is beyond the city is cut off by who draws
 */
export function riversOf(
  chance: Chance,
  places: readonly { at: Metres; height: number }[],
  townRadius: number,
  reach: number,
): River[] {
  const fall = downhill(places) ?? towards(chance.random('fall').nextFraction() * 2 * Math.PI)
  const right: Metres = [fall[1], -fall[0]]
  const weight = places.reduce((sum, { at }) => sum + at[0] * right[0] + at[1] * right[1], 0)
  const side = weight < 0 ? -1 : 1
  const first = chance.random('river').nextFraction()
  const asides = [townRadius * (0.06 + 0.05 * first), side * townRadius * 2.5, side * townRadius * 5.2]
  return asides.map((aside, index) => {
    const swing = swingOf(chance.random('river', index), index === 0 ? 420 : 1300)
    const line = stepsOf(reach, index === 0 ? townRadius * 1.3 : 0).map((along): Metres => {
      const across = aside + swing(along)
      return [fall[0] * along + right[0] * across, fall[1] * along + right[1] * across]
    })
    return { line, halfWidth: HALF_WIDTHS[index]! }
  })
}

/** Three waves, the longest still at the middle, so that the first river keeps its place in the town. */
function swingOf(random: Random, amplitude: number): (along: number) => number {
  const [wave, phase] = [2200 + 900 * random.nextFraction(), random.nextFraction() * 6]
  const [long, start] = [9_000 + 4_000 * random.nextFraction(), random.nextFraction() * 6]
  const wide = amplitude / 420
  return (along) =>
    amplitude * portableSin(along / (wave * wide) + phase) +
    0.45 * amplitude * portableSin(along / (wave * wide * 0.37) + phase * 2) +
    2_400 * (portableSin(along / long + start) - portableSin(start))
}

function stepsOf(reach: number, near: number): number[] {
  const steps: number[] = []
  for (let along = -reach; along <= reach; along += Math.abs(along) < near ? NEAR : FAR) steps.push(along)
  return steps
}

function towards(angle: number): Metres {
  return [portableSin(angle + Math.PI / 2), portableSin(angle)]
}

/** Direction in which a plane through the heights falls, by least squares; nothing where they lie level or in a line. */
function downhill(places: readonly { at: Metres; height: number }[]): Metres | undefined {
  const known = places.filter(({ height }) => height !== 0)
  const mean = (of: (place: (typeof known)[number]) => number) =>
    known.reduce((sum, place) => sum + of(place), 0) / known.length
  const [east, north, high] = [mean(({ at }) => at[0]), mean(({ at }) => at[1]), mean(({ height }) => height)]
  let [xx, xy, yy, xz, yz] = [0, 0, 0, 0, 0]
  for (const { at, height } of known) {
    const [x, y, z] = [at[0] - east, at[1] - north, height - high]
    xx += x * x
    xy += x * y
    yy += y * y
    xz += x * z
    yz += y * z
  }
  const determinant = xx * yy - xy * xy
  const fall: Metres = [xy * yz - yy * xz, xy * xz - xx * yz]
  const length = lengthOf(fall)
  if (known.length < 3 || determinant < 1e-6 * xx * yy || length === 0) return undefined
  return [fall[0] / length, fall[1] / length]
}
