import { isNear, ringHolds } from '../../sketch/plane.ts'
import { demoTown } from './demo-town.ts'
import type { Metres } from './plane.ts'

/** Whether a point lies in a sketched river or lake, or within so many metres of its edge. */
export function isWater(at: Metres, marginM = 0): boolean {
  const { rivers, lakes } = demoTown()
  if (rivers.some(({ line, halfWidth }) => isNear(line, at, halfWidth + marginM))) return true
  return lakes.some((lake) => ringHolds(lake, at) || isNear(lake, at, marginM))
}
