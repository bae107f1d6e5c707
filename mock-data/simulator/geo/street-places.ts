import { nearestShare } from '../../sketch/plane.ts'
import { between, distance, type Metres } from './plane.ts'
import { type StreetNetwork, streetNetwork } from './street-network.ts'

/** A point of a street. */
export interface OnStreet {
  edge: number
  /** Share of the edge's length from its beginning. */
  share: number
  point: Metres
  /** Unit vector to the left of the edge's way. */
  left: Metres
  farM: number
}

const cellM = 500
const key = (column: number, row: number) => column * 4096 + row

function cellsOf({ nodes, edges }: StreetNetwork): Map<number, number[]> {
  const cells = new Map<number, number[]>()
  for (const [index, { from, to }] of edges.entries()) {
    const [a, b] = [nodes[from]!, nodes[to]!]
    const [west, east] = [a[0], b[0]].map((x) => Math.floor(x / cellM)).sort((x, y) => x - y)
    const [south, north] = [a[1], b[1]].map((y) => Math.floor(y / cellM)).sort((x, y) => x - y)
    for (let column = west!; column <= east!; column += 1)
      for (let row = south!; row <= north!; row += 1) {
        const cell = cells.get(key(column, row)) ?? []
        cell.push(index)
        cells.set(key(column, row), cell)
      }
  }
  return cells
}

let cells: Map<number, number[]> | undefined

/** The edges in the cells that lie so many cells from the one of the place. */
function edgesAround([east, north]: Metres, ring: number): number[] {
  cells ??= cellsOf(streetNetwork())
  const [column, row] = [Math.floor(east / cellM), Math.floor(north / cellM)]
  const found: number[] = []
  for (let x = -ring; x <= ring; x += 1)
    for (let y = -ring; y <= ring; y += Math.abs(x) === ring || ring === 0 ? 1 : 2 * ring)
      found.push(...(cells.get(key(column + x, row + y)) ?? []))
  return found
}

export function onEdge(edge: number, share: number, at?: Metres): OnStreet {
  const { nodes, edges } = streetNetwork()
  const { from, to, lengthM } = edges[edge]!
  const [a, b] = [nodes[from]!, nodes[to]!]
  const point = between(a, b, share)
  const left: Metres = [(a[1] - b[1]) / lengthM, (b[0] - a[0]) / lengthM]
  return { edge, share, point, left, farM: at === undefined ? 0 : distance(at, point) }
}

/** The nearest point of any street within so many metres. */
export function nearestStreet(at: Metres, withinM = 30_000): OnStreet | undefined {
  const { nodes, edges } = streetNetwork()
  let best: OnStreet | undefined
  for (let ring = 0; (ring - 1) * cellM <= Math.min(withinM, best?.farM ?? withinM); ring += 1)
    for (const edge of edgesAround(at, ring)) {
      const { from, to } = edges[edge]!
      const found = onEdge(edge, nearestShare(at, nodes[from]!, nodes[to]!), at)
      if (found.farM <= withinM && found.farM < (best?.farM ?? Infinity)) best = found
    }
  return best
}

export function nearestNode(at: Metres): number {
  const found = nearestStreet(at)!
  const { from, to } = streetNetwork().edges[found.edge]!
  return found.share < 0.5 ? from : to
}

export function besideStreet({ point, left }: OnStreet, metres: number): Metres {
  return [point[0] + left[0] * metres, point[1] + left[1] * metres]
}

/** The street on both sides of one of its points, so many metres each way or to where it ends. */
export function stretchAbout({ edge, point }: OnStreet, halfM: number): Metres[] {
  const back = followed(edge, point, halfM, false).toReversed()
  return [...back, point, ...followed(edge, point, halfM, true)]
}

function followed(start: number, point: Metres, metres: number, onward: boolean): Metres[] {
  const { nodes, edges } = streetNetwork()
  const passed: Metres[] = []
  let [edge, here, left] = [start, point, metres]
  for (;;) {
    const { from, to, street } = edges[edge]!
    const node = onward ? to : from
    const there = nodes[node]!
    const far = distance(here, there)
    if (far >= left) return [...passed, between(here, there, left / far)]
    if (far > 1) passed.push(there)
    left -= far
    here = there
    edge += onward ? 1 : -1
    const next = edges[edge]
    if (next?.street !== street || (onward ? next.from : next.to) !== node) return passed
  }
}
