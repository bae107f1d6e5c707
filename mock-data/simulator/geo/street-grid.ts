import type { Metres } from './plane.ts'

/** An invented street grid over the middle of the town, a little turned; it stands for no real street. */
export const streetColumns = 21
export const streetRows = 17
const blockM = 560
// Cosine and sine of 6°.
const [cosine, sine] = [0.9945218953682733, 0.10452846326765347]

/** Crossing of the column-th street from the west with the row-th road from the south. */
export function crossing(column: number, row: number): Metres {
  const [x, y] = [(column - (streetColumns - 1) / 2) * blockM, (row - (streetRows - 1) / 2) * blockM]
  return [x * cosine - y * sine, x * sine + y * cosine]
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
  return {
    from: crossing(column, row),
    to: eastward ? crossing(column + 1, row) : crossing(column, row + 1),
    left: eastward ? [-sine, cosine] : [-cosine, -sine],
    name: eastward ? `示意路${index}` : `示意街${index}`,
  }
}
