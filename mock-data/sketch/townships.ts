import type { Random } from '../../src/domain/random.ts'
import type { Metres } from './plane.ts'

/** Another place of the city with a few streets of its own. */
export interface Township {
  middle: Metres
  radius: number
  /** Bearing of its streets in radians. */
  turn: number
}

/** People on a square metre. */
const PEOPLE = 0.009
const [LEAST, MOST] = [900, 2500]

export function townshipsOf(
  { random }: { random(...keys: (string | number)[]): Random },
  places: readonly { at: Metres; population: number }[],
): Township[] {
  return places.map(({ at, population }) => ({
    middle: at,
    radius: Math.max(LEAST, Math.min(MOST, Math.sqrt(population / PEOPLE / Math.PI))),
    turn: (random('township', Math.round(at[0])).nextFraction() - 0.5) * 0.9,
  }))
}
