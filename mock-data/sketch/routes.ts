import { portableCos, portableSin } from '../../src/domain/portable-math.ts'
import type { Random } from '../../src/domain/random.ts'
import { type Metres, apart, lengthOf } from './plane.ts'

interface Chance {
  random(...keys: (string | number)[]): Random
}

/** Lines that cut through the street grid, and from which houses keep away. */
export interface Routes {
  ring: Metres[]
  motorway: Metres[]
  /** From the ring to the other places: inside it the streets carry on. */
  roads: Metres[][]
  /** Between other places that no such road reaches. */
  byways: Metres[][]
  /** From the middle to the farthest of the places that main roads go to. */
  rails: Metres[][]
}

/** Longest steps of a line in metres: what is left out of the city, and kept clear of houses, is told by points. */
const STEP = 1500
const RAILS = 4
/** Cosine of the least angle between two main roads out of the city, 28 degrees. */
const LEAST_TURN = 0.8776

/** @param towards the other places, by people */
export function routesOf(chance: Chance, towards: readonly Metres[], townRadius: number): Routes {
  const ring = ringRoad(chance, townRadius * 0.5)
  const main = spread(towards)
  const far = main.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, RAILS)
  return {
    ring,
    motorway: ringRoad(chance, townRadius * 1.12),
    roads: main.map((place) => wayTo(chance, nearestOf(ring, place), place, 1)),
    byways: towards
      .filter((place) => !main.includes(place))
      .map((place, index, rest) => {
        const known = [...main, ...rest.slice(0, index)]
        return wayTo(chance, nearestOf(known, place), place, 1)
      }),
    rails: far.map((place, index) => wayTo(chance, [0, 0], place, 2 + index)),
  }
}

/** Main roads leave a city in a handful of directions: of places that lie close in bearing the larger one has the road. */
function spread(places: readonly Metres[]): Metres[] {
  const kept: Metres[] = []
  const cosine = (a: Metres, b: Metres) => (a[0] * b[0] + a[1] * b[1]) / (lengthOf(a) * lengthOf(b))
  for (const place of places) if (kept.every((other) => cosine(place, other) < LEAST_TURN)) kept.push(place)
  return kept
}

function nearestOf(points: readonly Metres[], place: Metres): Metres {
  return points.reduce((best, point) => (apart(point, place) < apart(best, place) ? point : best))
}

function ringRoad({ random }: Chance, radius: number): Metres[] {
  const [a, b] = [random('ring', radius).nextFraction() * 6, random('ring', -radius).nextFraction() * 6]
  const line = Array.from({ length: 72 }, (_, step): Metres => {
    const angle = (step / 72) * 2 * Math.PI
    const reach = radius * (1 + 0.06 * portableSin(2 * angle + a) + 0.03 * portableSin(5 * angle + b))
    return [reach * portableCos(angle), reach * portableSin(angle)]
  })
  return [...line, line[0]!]
}

/** From one point to another in a gentle curve; ways with another key keep apart. */
function wayTo({ random }: Chance, from: Metres, to: Metres, key: number): Metres[] {
  const [east, north] = [to[0] - from[0], to[1] - from[1]]
  const length = lengthOf([east, north])
  const bow = random('way', Math.round(to[0]), key).nextFraction() - 0.5
  const steps = Math.max(4, Math.min(60, Math.round(length / STEP)))
  return Array.from({ length: steps + 1 }, (_, step): Metres => {
    const share = step / steps
    const aside = 0.22 * bow * portableSin(share * Math.PI)
    return [from[0] + east * share - north * aside, from[1] + north * share + east * aside]
  })
}
