import type { Metres } from './plane.ts'

/** Values at the crossings of a square lattice, row by row from the south-west. */
export interface Lattice {
  west: number
  south: number
  stepM: number
  columns: number
  rows: number
  values: Float64Array
}

/** Corners of a cell anticlockwise from its south-west, and the sides between them. */
const corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const

/**
 * Outlines of all that lies below a level (marching squares, Lorensen and Cline 1987), each once around with the low ground to its
 * left, as closed rings without their last point. Where corners face each other across a cell the low ones stay apart, so what is
 * below a lower level lies within what is below a higher one. The lattice's edge must lie above the level.
 */
export function levelRings(lattice: Lattice, level: number): Metres[][] {
  const { columns, rows } = lattice
  const onward = new Map<string, { key: string; place: Metres }>()
  for (let row = 0; row + 1 < rows; row += 1)
    for (let column = 0; column + 1 < columns; column += 1)
      for (const [from, to] of cellLines(lattice, column, row, level)) onward.set(from.key, to)
  const rings: Metres[][] = []
  while (onward.size > 0) {
    const [start] = onward.keys()
    const ring: Metres[] = []
    for (let next = onward.get(start!); next; next = onward.get(next.key)) {
      ring.push(next.place)
      if (next.key === start) break
    }
    let key = start!
    for (let passed = 0; passed < ring.length; passed += 1) {
      const next = onward.get(key)!
      onward.delete(key)
      key = next.key
    }
    rings.push(ring)
  }
  return rings
}

type Crossing = { key: string; place: Metres }

/** Stretches of outline in one cell: from where the low ground ends, going round, back to where it began. */
function cellLines(lattice: Lattice, column: number, row: number, level: number): [Crossing, Crossing][] {
  const { columns, values } = lattice
  const at = row * columns + column
  const [southWest, southEast] = [values[at]! <= level, values[at + 1]! <= level]
  const [northEast, northWest] = [values[at + columns + 1]! <= level, values[at + columns]! <= level]
  if (southWest === southEast && southEast === northEast && northEast === northWest) return []
  const low = [southWest, southEast, northEast, northWest]
  const lines: [Crossing, Crossing][] = []
  for (let side = 0; side < 4; side += 1) {
    if (!low[side] || low[(side + 1) % 4]) continue
    let first = side
    while (low[(first + 3) % 4]) first = (first + 3) % 4
    const crossing = (onSide: number) => crossingOn(lattice, column, row, onSide, level)
    lines.push([crossing(side), crossing((first + 3) % 4)])
  }
  return lines
}

function crossingOn(lattice: Lattice, column: number, row: number, side: number, level: number): Crossing {
  const { columns, values, west, south, stepM } = lattice
  const [a, b] = [corners[side]!, corners[(side + 1) % 4]!].map(([x, y]) => [column + x, row + y] as const)
  const [from, to] = [a!, b!].map(([x, y]) => values[y * columns + x]!)
  const share = (level - from!) / (to! - from!)
  const [x, y] = [a![0] + (b![0] - a![0]) * share, a![1] + (b![1] - a![1]) * share]
  const key = [a!, b!].map(([east, north]) => north * columns + east).sort((one, other) => one - other)
  return { key: key.join(' '), place: [west + x * stepM, south + y * stepM] }
}
