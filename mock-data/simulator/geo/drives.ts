import { fraction } from '../chance.ts'
import { portableCos, portableSin } from '../../../src/domain/portable-math.ts'
import { demoTown } from './demo-town.ts'
import type { Metres } from './plane.ts'
import { nearestNode } from './street-places.ts'
import { waysFrom, wayTo } from './street-ways.ts'

type Key = string | number

/** A crossing within a share of the town's radius, thicker towards the middle. */
export function anyCrossing(seed: string, within: number, ...keys: Key[]): Metres {
  const turn = fraction(seed, ...keys, 'turn') * 2 * Math.PI
  const far = demoTown().townRadius * within * fraction(seed, ...keys, 'far')
  return [far * portableCos(turn), far * portableSin(turn)]
}

/** The quickest way along the streets between the crossings nearest to two places. */
export function driveBetween(from: Metres, to: Metres): { points: Metres[]; speeds: number[] } {
  const goal = nearestNode(to)
  return wayTo(waysFrom(nearestNode(from), goal), goal)
}

/** A drive from a place to somewhere between the two distances, metres as the crow flies. */
export function driveFrom(
  seed: string,
  from: Metres,
  [least, most]: readonly [number, number],
  ...keys: Key[]
): { points: Metres[]; speeds: number[] } {
  const turn = fraction(seed, ...keys, 'to', 'turn') * 2 * Math.PI
  const far = least + (most - least) * fraction(seed, ...keys, 'to', 'far')
  return driveBetween(from, [from[0] + far * portableCos(turn), from[1] + far * portableSin(turn)])
}
