import type { RoadClass } from '../../../src/domain/basemap.ts'
import { streetsOf } from '../../sketch/streets.ts'
import { demoTown } from './demo-town.ts'
import { between, distance, type Metres } from './plane.ts'
import { cutsOf } from './street-cuts.ts'

/** A stretch of a sketched street between two crossings or corners. */
export interface Edge {
  from: number
  to: number
  lengthM: number
  road: RoadClass
  /** Number of its street; the edges of one street follow each other in the list. */
  street: number
}

export interface StreetNetwork {
  nodes: readonly Metres[]
  edges: readonly Edge[]
  /** Numbers of the edges that meet at each node. */
  edgesAt: readonly (readonly number[])[]
  /** 示意路 where it runs more east than north, else 示意街. */
  names: readonly string[]
}

/** Nodes nearer to each other than this are one, metres. */
const ONE_NODE = 0.6

class Nodes {
  readonly places: Metres[] = []
  private readonly cells = new Map<string, number>()

  at(place: Metres): number {
    const [column, row] = [Math.floor(place[0] / ONE_NODE), Math.floor(place[1] / ONE_NODE)]
    for (let x = column - 1; x <= column + 1; x += 1)
      for (let y = row - 1; y <= row + 1; y += 1) {
        const known = this.cells.get(`${x} ${y}`)
        if (known !== undefined && distance(this.places[known]!, place) < ONE_NODE) return known
      }
    this.cells.set(`${column} ${row}`, this.places.length)
    return this.places.push(place) - 1
  }
}

function build(): StreetNetwork {
  const streets = streetsOf(demoTown())
  const cuts = cutsOf(streets.map(({ line }) => line))
  const nodes = new Nodes()
  const edges: Edge[] = []
  for (const [street, { road, line }] of streets.entries())
    for (const [index, to] of line.slice(1).entries()) {
      const shares = [0, ...cuts[street]![index]!.toSorted((a, b) => a - b), 1]
      const passed = shares.map((share) => nodes.at(between(line[index]!, to, share)))
      for (const [stop, there] of passed.slice(1).entries()) {
        const here = passed[stop]!
        const lengthM = distance(nodes.places[here]!, nodes.places[there]!)
        if (here !== there) edges.push({ from: here, to: there, lengthM, road, street })
      }
    }
  return joined(nodes.places, edges, namesOf(streets.map(({ line }) => line)))
}

function namesOf(lines: readonly (readonly Metres[])[]): string[] {
  let [roads, lanes] = [0, 0]
  return lines.map((line) => {
    const [a, b] = [line[0]!, line[line.length - 1]!]
    const isRoad = Math.abs(b[0] - a[0]) >= Math.abs(b[1] - a[1])
    const number = isRoad ? (roads += 1) : (lanes += 1)
    return `${isRoad ? '示意路' : '示意街'}${String(number).padStart(3, '0')}`
  })
}

/** Without what cannot be driven to from the middle. */
function joined(nodes: readonly Metres[], edges: readonly Edge[], names: string[]): StreetNetwork {
  const all = edgesByNode(nodes.length, edges)
  const start = nodes.reduce(
    (best, node, index) => (distance(node, [0, 0]) < distance(nodes[best]!, [0, 0]) ? index : best),
    0,
  )
  const reached = new Set([start])
  for (const node of reached)
    for (const edge of all[node]!) {
      reached.add(edges[edge]!.from)
      reached.add(edges[edge]!.to)
    }
  const kept = edges.filter(({ from }) => reached.has(from))
  return { nodes, edges: kept, edgesAt: edgesByNode(nodes.length, kept), names }
}

function edgesByNode(nodes: number, edges: readonly Edge[]): number[][] {
  const at = Array.from({ length: nodes }, (): number[] => [])
  for (const [index, { from, to }] of edges.entries()) {
    at[from]!.push(index)
    at[to]!.push(index)
  }
  return at
}

let network: StreetNetwork | undefined

/** The sketched streets as a graph: every crossing is a node, and every node can be driven to. */
export function streetNetwork(): StreetNetwork {
  return (network ??= build())
}

/** The other end of an edge. */
export function beyond({ from, to }: Edge, node: number): number {
  return node === from ? to : from
}
