import type { LonLat, Ring } from '../regions/geojson.ts'

/** Twice the signed area in square degrees: positive when the ring runs counter-clockwise. */
export function turnOf(ring: Ring): number {
  let sum = 0
  for (let index = 0; index + 1 < ring.length; index++) {
    const [a, b] = [ring[index]!, ring[index + 1]!]
    sum += (a[0] - ring[0]![0]) * (b[1] - ring[0]![1]) - (b[0] - ring[0]![0]) * (a[1] - ring[0]![1])
  }
  return sum
}

export function wound(ring: Ring, counterClockwise: boolean): Ring {
  return turnOf(ring) > 0 === counterClockwise ? ring : ring.toReversed()
}

/** Whether a closed ring touches or crosses itself anywhere but between neighbours. */
export function touchesItself(ring: Ring): boolean {
  const count = ring.length - 1
  return swept(edgesOf([ring]), (one, two) => {
    const gap = Math.abs(one.index - two.index)
    const neighbours = gap === 1 || gap === count - 1
    return neighbours ? foldsBack(one, two) : meet(one, two)
  })
}

/** Whether any two of several closed rings touch or cross each other. */
export function ringsMeet(rings: readonly Ring[]): boolean {
  return swept(edgesOf(rings), (one, two) => one.ring !== two.ring && meet(one, two))
}

function edgesOf(rings: readonly Ring[]): Edge[] {
  return rings.flatMap((points, ring) =>
    points.slice(1).map((b, index) => ({ ring, index, a: points[index]!, b })),
  )
}

/** Edges are swept by their western end, so that rings of thousands of points cost about n log n. */
function swept(edges: Edge[], found: (one: Edge, two: Edge) => boolean): boolean {
  const west = ({ a, b }: Edge) => Math.min(a[0], b[0])
  edges.sort((one, two) => west(one) - west(two))
  let active: Edge[] = []
  for (const edge of edges) {
    const start = west(edge)
    active = active.filter(({ a, b }) => Math.max(a[0], b[0]) >= start)
    if (active.some((other) => found(edge, other))) return true
    active.push(edge)
  }
  return false
}

interface Edge {
  ring: number
  index: number
  a: LonLat
  b: LonLat
}

/** Neighbours share a corner; they are broken when one runs back over the other. */
function foldsBack(one: Edge, two: Edge): boolean {
  const [first, second] = one.b === two.a || same(one.b, two.a) ? [one, two] : [two, one]
  if (side(first.a, first.b, second.b) !== 0) return false
  const forward =
    (first.b[0] - first.a[0]) * (second.b[0] - second.a[0]) +
    (first.b[1] - first.a[1]) * (second.b[1] - second.a[1])
  return forward < 0
}

function meet(one: Edge, two: Edge): boolean {
  const [a, b] = [side(one.a, one.b, two.a), side(one.a, one.b, two.b)]
  const [c, d] = [side(two.a, two.b, one.a), side(two.a, two.b, one.b)]
  if (a * b < 0 && c * d < 0) return true
  return (
    (a === 0 && within(one, two.a)) ||
    (b === 0 && within(one, two.b)) ||
    (c === 0 && within(two, one.a)) ||
    (d === 0 && within(two, one.b))
  )
}

function side(a: LonLat, b: LonLat, c: LonLat): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
}

function within({ a, b }: Edge, point: LonLat): boolean {
  return (
    point[0] >= Math.min(a[0], b[0]) &&
    point[0] <= Math.max(a[0], b[0]) &&
    point[1] >= Math.min(a[1], b[1]) &&
    point[1] <= Math.max(a[1], b[1])
  )
}

export function same(a: LonLat, b: LonLat): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
