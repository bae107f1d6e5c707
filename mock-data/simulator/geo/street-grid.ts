import { fraction } from '../chance.ts'
import { distance, type Metres } from './plane.ts'

/** An invented street grid over the middle of the town, a little turned; it stands for no real street. */
export const streetColumns = 21
export const streetRows = 17
const blockM = 560
// Cosine and sine of 6°.
const [cosine, sine] = [0.9945218953682733, 0.10452846326765347]

/** Crossings lie off the even grid by up to this much, as those of grown towns do. */
const strayM = 75

const crossings: readonly Metres[] = Array.from({ length: streetColumns * streetRows }, (_, index) => {
  const [column, row] = [index % streetColumns, Math.floor(index / streetColumns)]
  const stray = (axis: string) => (fraction('street grid', axis, index) * 2 - 1) * strayM
  const x = (column - (streetColumns - 1) / 2) * blockM + stray('x')
  const y = (row - (streetRows - 1) / 2) * blockM + stray('y')
  return [x * cosine - y * sine, x * sine + y * cosine]
})

/** Crossing of the column-th street from the west with the row-th road from the south. */
export function crossing(column: number, row: number): Metres {
  return crossings[row * streetColumns + column]!
}

/** One block of a street: from a crossing to the next one east (a road 路) or north (a street 街). */
export interface Block {
  from: Metres
  to: Metres
  /** Unit vector to the left of the way. */
  left: Metres
  name: string
}

export function block(column: number, row: number, eastward: boolean): Block {
  const index = String((eastward ? row : column) + 1).padStart(2, '0')
  const from = crossing(column, row)
  const to = eastward ? crossing(column + 1, row) : crossing(column, row + 1)
  const length = distance(from, to)
  const left: Metres = [(from[1] - to[1]) / length, (to[0] - from[0]) / length]
  return { from, to, left, name: eastward ? `示意路${index}` : `示意街${index}` }
}
