import { clamp, whole } from '../chance.ts'
import type { Metres } from './plane.ts'
import { crossing, streetColumns, streetRows } from './street-grid.ts'

export type Crossing = readonly [column: number, row: number]

export function anyCrossing(seed: string, ...keys: (string | number)[]): Crossing {
  return [
    whole(seed, 0, streetColumns - 1, ...keys, 'column'),
    whole(seed, 0, streetRows - 1, ...keys, 'row'),
  ]
}

/** Crossings of a drive over the invented grid: straight for some blocks, then a turn, never off the grid. */
export function streetWalk(
  seed: string,
  start: Crossing,
  legs: number,
  ...keys: (string | number)[]
): Metres[] {
  let [column, row] = start
  let eastward = whole(seed, 0, 1, ...keys, 'way') === 1
  const points = [crossing(column, row)]
  for (let leg = 0; leg < legs; leg += 1) {
    const blocks = whole(seed, 2, 5, ...keys, leg, 'blocks')
    const wished = whole(seed, 0, 1, ...keys, leg, 'side') === 1 ? 1 : -1
    const [from, size] = eastward ? [column, streetColumns] : [row, streetRows]
    // At the edge of the grid there is only the way back.
    const forward = from + wished < 0 || from + wished >= size ? -wished : wished
    const there = clamp(from + forward * blocks, 0, size - 1)
    for (let passed = from; passed !== there; passed += forward) {
      if (eastward) column = passed + forward
      else row = passed + forward
      points.push(crossing(column, row))
    }
    eastward = !eastward
  }
  return points
}
