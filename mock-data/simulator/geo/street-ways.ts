import { beyond, type Edge, streetNetwork } from './street-network.ts'
import type { Metres } from './plane.ts'

/** Free speed on each class of road, metres a second. */
export const freeSpeeds: Readonly<Record<Edge['road'], number>> = {
  motorway: 22,
  trunk: 17,
  primary: 13,
  secondary: 11,
  tertiary: 8.5,
  local: 6,
}

export interface Ways {
  start: number
  /** Seconds to each node with free streets; infinite where it was not reached. */
  seconds: Float64Array
  /** Edge by which each node is reached. */
  by: Int32Array
}

/** Quickest ways from a node over free streets (Dijkstra 1959): to all others, or until the goal or the time is reached. */
export function waysFrom(start: number, goal?: number, withinS = Infinity): Ways {
  const { nodes, edges, edgesAt } = streetNetwork()
  const seconds = new Float64Array(nodes.length).fill(Infinity)
  const by = new Int32Array(nodes.length).fill(-1)
  const heap = new Heap()
  seconds[start] = 0
  heap.push(start, 0)
  for (let next = heap.pop(); next; next = heap.pop()) {
    const [node, time] = next
    if (node === goal || time > withinS) break
    if (time > seconds[node]!) continue
    for (const index of edgesAt[node]!) {
      const edge = edges[index]!
      const there = beyond(edge, node)
      const sum = time + edge.lengthM / freeSpeeds[edge.road]
      if (sum >= seconds[there]!) continue
      seconds[there] = sum
      by[there] = index
      heap.push(there, sum)
    }
  }
  return { start, seconds, by }
}

/** Edges from the start of the ways to a node that they reach, in order. */
function edgesTo({ start, by }: Ways, goal: number): { edge: Edge; node: number }[] {
  const { edges } = streetNetwork()
  const passed: { edge: Edge; node: number }[] = []
  for (let node = goal; node !== start;) {
    const edge = edges[by[node]!]!
    passed.push({ edge, node })
    node = beyond(edge, node)
  }
  return passed.toReversed()
}

/** Corners of a way and its free speed on the leg to each; the first has none. */
export function wayTo(ways: Ways, goal: number): { points: Metres[]; speeds: number[] } {
  const { nodes } = streetNetwork()
  const passed = edgesTo(ways, goal)
  return {
    points: [nodes[ways.start]!, ...passed.map(({ node }) => nodes[node]!)],
    speeds: passed.map(({ edge }) => freeSpeeds[edge.road]),
  }
}

/** Binary heap of nodes by time. */
class Heap {
  private readonly nodes: number[] = []
  private readonly times: number[] = []

  push(node: number, time: number): void {
    let at = this.nodes.length
    for (let above = (at - 1) >> 1; at > 0 && this.times[above]! > time; above = (at - 1) >> 1) {
      this.put(at, this.nodes[above]!, this.times[above]!)
      at = above
    }
    this.put(at, node, time)
  }

  pop(): [node: number, time: number] | undefined {
    const [node, time] = [this.nodes[0], this.times[0]]
    if (node === undefined || time === undefined) return undefined
    const [last, lastTime] = [this.nodes.pop()!, this.times.pop()!]
    const { length } = this.nodes
    if (length === 0) return [node, time]
    let at = 0
    for (let below = 1; below < length; below = 2 * at + 1) {
      if (below + 1 < length && this.times[below + 1]! < this.times[below]!) below += 1
      if (this.times[below]! >= lastTime) break
      this.put(at, this.nodes[below]!, this.times[below]!)
      at = below
    }
    this.put(at, last, lastTime)
    return [node, time]
  }

  private put(at: number, node: number, time: number): void {
    this.nodes[at] = node
    this.times[at] = time
  }
}
