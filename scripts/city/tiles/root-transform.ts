import type { EnuFrame } from '../../../src/map/engine/enu-frame.ts'

/** The root's 4 × 4 matrix, column by column: metres east, north, up of the city into the earth-centred frame. */
export function rootTransform(frame: EnuFrame): number[] {
  const axis = (enu: [number, number, number]): number[] => {
    const { x, y, z } = frame.directionToEarth(enu)
    return [x, y, z, 0]
  }
  return [...axis([1, 0, 0]), ...axis([0, 1, 0]), ...axis([0, 0, 1]), ...frame.origin, 1]
}
