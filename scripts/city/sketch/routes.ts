import type { Random } from '../../../src/domain/random.ts'
import type { Metres } from './plan.ts'

interface Chance {
  random(...keys: (string | number)[]): Random
}

/** Lines that cut through the street grid, and from which houses keep away. */
export interface Routes {
  ring: Metres[]
  /** From the ring to the other places: inside it the streets carry on. */
  roads: Metres[][]
  /** Through the middle, to the places farthest away. */
  rails: Metres[][]
}

/** Longest steps of a line in metres: what is left out of the city, and kept clear of houses, is told by points. */
const STEP = 1500
const RAILS = 4

export function routesOf(chance: Chance, towards: readonly Metres[], builtRadius: number): Routes {
  const ringRadius = builtRadius * 0.8
  const far = towards.toSorted((a, b) => Math.hypot(...b) - Math.hypot(...a)).slice(0, RAILS)
  const beyond = towards.filter((place) => Math.hypot(...place) > ringRadius * 1.2)
  return {
    ring: ringRoad(chance, ringRadius),
    roads: beyond.map((place) => wayTo(chance, place, 1, ringRadius)),
    rails: far.map((place, index) => wayTo(chance, place, 2 + index, 0)),
  }
}

export function ringRoad({ random }: Chance, radius: number): Metres[] {
  const [a, b] = [random('ring', radius).nextFraction() * 6, random('ring', -radius).nextFraction() * 6]
  const line = Array.from({ length: 48 }, (_, step): Metres => {
    const angle = (step / 48) * 2 * Math.PI
    const reach = radius * (1 + 0.06 * Math.sin(2 * angle + a) + 0.03 * Math.sin(5 * angle + b))
    return [reach * Math.cos(angle), reach * Math.sin(angle)]
  })
  return [...line, line[0]!]
}

/** From a way out of the middle to a place, in a gentle curve; ways with another key keep apart. */
function wayTo({ random }: Chance, [east, north]: Metres, key: number, from: number): Metres[] {
  const length = Math.hypot(east, north)
  const bow = (random('way', Math.round(east), key).nextFraction() - 0.5) * 0.22 * length
  const steps = Math.max(4, Math.min(40, Math.round(length / STEP)))
  return Array.from({ length: steps + 1 }, (_, step): Metres => {
    const share = from / length + (1 - from / length) * (step / steps)
    const aside = bow * Math.sin((step / steps) * Math.PI)
    return [east * share - (north / length) * aside, north * share + (east / length) * aside]
  })
}
