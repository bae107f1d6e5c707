import { clamp, whole } from '../chance.ts'
import type { Metres } from './plane.ts'
import { crossing, streetColumns, streetRows } from './street-grid.ts'

/** Crossings of a drive over the invented grid: straight for some blocks, then a turn, never off the grid. */
export function streetWalk(seed: string, legs: number, ...keys: (string | number)[]): Metres[] {
  let column = whole(seed, 0, streetColumns - 1, ...keys, 'column')
  let row = whole(seed, 0, streetRows - 1, ...keys, 'row')
  let eastward = whole(seed, 0, 1, ...keys, 'way') === 1
  const points = [crossing(column, row)]
  for (let leg = 0; leg < legs; leg += 1) {
    const blocks = whole(seed, 2, 5, ...keys, leg, 'blocks')
    const forward = whole(seed, 0, 1, ...keys, leg, 'side') === 1 ? 1 : -1
    const step = (from: number, size: number) => {
      const there = clamp(from + forward * blocks, 0, size - 1)
      return there === from ? clamp(from - forward * blocks, 0, size - 1) : there
    }
    if (eastward) column = step(column, streetColumns)
    else row = step(row, streetRows)
    points.push(crossing(column, row))
    eastward = !eastward
  }
  return points
}
