import { demoCity } from './demo-town.ts'
import type { Lattice } from './level-ring.ts'
import { between, distance, toMetres, type Metres } from './plane.ts'
import { streetNetwork } from './street-network.ts'
import { nearestNode, nearestStreet } from './street-places.ts'
import { waysFrom } from './street-ways.ts'

/** Seconds of travel about a place, on a lattice. */
export interface Reached {
  lattice: Lattice
  /** A point on the street by which one sets out; it lies below every level. */
  start: Metres
}

const stepM = 250
/** Seconds beyond which nothing is asked, and metres a second off the streets. */
const [longestS, walkedMps] = [840, 1.6]

/** Travel times from a place along the free streets, and on foot to what lies between them. */
export function reachedFrom(place: Metres): Reached {
  const start = nearestStreet(place)!.point
  const { seconds } = waysFrom(nearestNode(start), undefined, longestS)
  const lattice = emptyAbout(seconds)
  markStreets(lattice, seconds)
  spread(lattice)
  clip(lattice)
  markAround(lattice, start)
  return { lattice, start }
}

/** A lattice over all that is reached in time, with room for the way on foot at its edge. */
function emptyAbout(seconds: Float64Array): Lattice {
  const reached = streetNetwork().nodes.filter((_, node) => seconds[node]! <= longestS)
  const room = 4 * stepM
  const lowest = (axis: 0 | 1) =>
    Math.floor((Math.min(...reached.map((at) => at[axis])) - room) / stepM) * stepM
  const [west, south] = [lowest(0), lowest(1)]
  const columns = Math.ceil((Math.max(...reached.map(([x]) => x)) + room - west) / stepM) + 1
  const rows = Math.ceil((Math.max(...reached.map(([, y]) => y)) + room - south) / stepM) + 1
  return { west, south, stepM, columns, rows, values: new Float64Array(columns * rows).fill(4 * longestS) }
}

/** Gives the crossings of the lattice next to a point on a street the time of that point and of the steps to them. */
function markAround({ west, south, columns, rows, values }: Lattice, [east, north]: Metres, time = 0): void {
  const [column, row] = [Math.floor((east - west) / stepM), Math.floor((north - south) / stepM)]
  for (const x of [column, column + 1])
    for (const y of [row, row + 1]) {
      if (x < 1 || y < 1 || x > columns - 2 || y > rows - 2) continue
      const far = distance([east, north], [west + x * stepM, south + y * stepM])
      const at = y * columns + x
      values[at] = Math.min(values[at]!, time === 0 ? 0 : time + far / walkedMps / 4)
    }
}

function markStreets(lattice: Lattice, seconds: Float64Array): void {
  const { nodes, edges } = streetNetwork()
  for (const { from, to, lengthM } of edges) {
    const [first, last] = [seconds[from]!, seconds[to]!]
    if (Math.min(first, last) > longestS) continue
    const stops = Math.ceil(lengthM / (stepM / 2))
    for (let stop = 0; stop <= stops; stop += 1)
      markAround(
        lattice,
        between(nodes[from]!, nodes[to]!, stop / stops),
        Math.max(1, first + ((last - first) * stop) / stops),
      )
  }
}

/** Carries times on foot from crossing to crossing: twice forward and back, by straight and slanting steps. */
function spread({ columns, rows, values }: Lattice): void {
  const straight = stepM / walkedMps
  const slanting = straight * Math.SQRT2
  const look = (at: number, by: number, cost: number) => {
    values[at] = Math.min(values[at]!, values[at + by]! + cost)
  }
  const around = [
    [1, straight],
    [columns, straight],
    [columns + 1, slanting],
    [columns - 1, slanting],
  ] as const
  for (const way of [-1, 1, -1, 1]) {
    const total = (rows - 2) * (columns - 2)
    for (let index = 0; index < total; index += 1) {
      const turn = way < 0 ? index : total - 1 - index
      const at = (Math.floor(turn / (columns - 2)) + 1) * columns + (turn % (columns - 2)) + 1
      for (const [by, cost] of around) look(at, way * by, cost)
    }
  }
}

/** Nothing is reached outside the city. */
function clip({ west, south, columns, rows, values }: Lattice): void {
  for (let row = 0; row < rows; row += 1) {
    const borders = bordersAt(south + row * stepM)
    let passed = 0
    for (let column = 0; column < columns; column += 1) {
      while (passed < borders.length && borders[passed]! <= west + column * stepM) passed += 1
      if (passed % 2 === 0) values[row * columns + column] = 4 * longestS
    }
  }
}

let outlines: Metres[][] | undefined

/** Where a line to the east crosses borders of county units, from the west; within the city an odd number lies behind. */
function bordersAt(north: number): number[] {
  outlines ??= demoCity.rings.map((ring) => ring.map((at) => toMetres(at)))
  const crossed: number[] = []
  for (const ring of outlines)
    for (let index = 1; index < ring.length; index += 1) {
      const [a, b] = [ring[index - 1]!, ring[index]!]
      if (a[1] > north !== b[1] > north) crossed.push(a[0] + ((b[0] - a[0]) * (north - a[1])) / (b[1] - a[1]))
    }
  return crossed.sort((a, b) => a - b)
}
