import { portableCos, portableSin } from '../../src/domain/portable-math.ts'
import type { Random } from '../../src/domain/random.ts'
import type { Metres } from './plane.ts'

/** How often a place is looked for before one fewer is drawn. */
const TRIES = 12

/** Lakes or parks about the middle: closed rings with soft bumps, where nothing runs through them. */
export function blobsClear(
  random: Random,
  count: number,
  within: number,
  [least, most]: readonly [number, number],
  isClear: (at: Metres, metres: number) => boolean,
): Metres[][] {
  return Array.from({ length: count }, () => {
    const size = least + (most - least) * random.nextFraction()
    const bumps = [random.nextFraction() * 6, random.nextFraction() * 6] as const
    for (let tries = 0; tries < TRIES; tries++) {
      const bearing = random.nextFraction() * 2 * Math.PI
      const way = within * (0.1 + 0.9 * random.nextFraction())
      const at: Metres = [way * portableCos(bearing), way * portableSin(bearing)]
      if (isClear(at, size * 1.34 + 80)) return ringAbout(at, size, bumps)
    }
    return []
  }).filter((ring) => ring.length > 0)
}

function ringAbout([east, north]: Metres, size: number, [a, b]: readonly [number, number]): Metres[] {
  const ring = Array.from({ length: 20 }, (_, step): Metres => {
    const angle = (step / 20) * 2 * Math.PI
    const reach = size * (1 + 0.22 * portableSin(2 * angle + a) + 0.12 * portableSin(3 * angle + b))
    return [east + reach * portableCos(angle), north + reach * portableSin(angle)]
  })
  return [...ring, ring[0]!]
}
