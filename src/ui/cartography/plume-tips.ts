type Metres = readonly [number, number, number]

/**
 * The far end of each footprint, given as outer rings from the largest to the smallest. All of them begin at the
 * release, so of the two ends of the largest the release is the one nearer to the middle of the smallest; a footprint
 * alone is taken to begin where its ring does.
 */
export function plumeTips<M extends Metres>(rings: readonly (readonly M[])[]): M[] {
  const [largest, smallest] = [rings[0], rings.at(-1)]
  if (!largest || !smallest) return []
  const source = rings.length === 1 ? largest[0]! : nearerEnd(largest, middle(smallest))
  return rings.map((ring) => farthest(ring, source))
}

function nearerEnd<M extends Metres>(ring: readonly M[], to: Metres): M {
  const oneEnd = farthest(ring, middle(ring))
  const otherEnd = farthest(ring, oneEnd)
  return distance(oneEnd, to) < distance(otherEnd, to) ? oneEnd : otherEnd
}

function farthest<M extends Metres>(ring: readonly M[], from: Metres): M {
  return ring.reduce((best, at) => (distance(at, from) > distance(best, from) ? at : best))
}

function middle(ring: readonly Metres[]): Metres {
  const corners = ring.slice(1)
  const sum = corners.reduce<[number, number]>(([east, north], at) => [east + at[0], north + at[1]], [0, 0])
  return [sum[0] / corners.length, sum[1] / corners.length, 0]
}

function distance(a: Metres, b: Metres): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1])
}
