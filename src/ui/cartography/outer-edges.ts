type Point = readonly number[]

/**
 * The edges that belong to one unit only: the outline of all of them together. Exact for units that share their
 * vertices, as the base map's do; works on any plane coordinates.
 */
export function outerEdges<P extends Point>(rings: readonly (readonly P[])[]): [from: P, to: P][] {
  const edges = new Map<string, [P, P] | undefined>()
  for (const ring of rings) {
    for (let index = 0; index + 1 < ring.length; index++) {
      const [from, to] = [ring[index]!, ring[index + 1]!]
      const key = edgeKey(from, to)
      edges.set(key, edges.has(key) ? undefined : [from, to])
    }
  }
  return [...edges.values()].filter((edge) => edge !== undefined)
}

/** The same edges joined end to end into lines, each closed where the outline closes. */
export function outline<P extends Point>(rings: readonly (readonly P[])[]): P[][] {
  const open = outerEdges(rings)
  const leaving = new Map<string, [P, P][]>()
  for (const edge of open) leaving.set(pointKey(edge[0]), [...(leaving.get(pointKey(edge[0])) ?? []), edge])
  const lines: P[][] = []
  const used = new Set<[P, P]>()
  for (const start of open) {
    if (used.has(start)) continue
    const line = [start[0]]
    for (
      let edge: [P, P] | undefined = start;
      edge;
      edge = leaving.get(pointKey(edge[1]))?.find((next) => !used.has(next))
    ) {
      used.add(edge)
      line.push(edge[1])
    }
    lines.push(line)
  }
  return lines
}

function edgeKey(a: Point, b: Point): string {
  const [first, second] = [pointKey(a), pointKey(b)]
  return first < second ? `${first} ${second}` : `${second} ${first}`
}

function pointKey(point: Point): string {
  return `${point[0]},${point[1]}`
}
