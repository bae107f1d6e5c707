type Metres = readonly [number, number, number]

/**
 * Those places that keep a distance of `share` of the whole extent to every other: what stands on them does not cover
 * what stands on a neighbour while all are in view. Equal places are one.
 */
export function placesApart(places: readonly Metres[], share: number): Set<string> {
  const single = [...new Map(places.map((at) => [at.join(), at])).values()]
  const extent = Math.hypot(span(single, 0), span(single, 1))
  const alone = single.filter((at) =>
    single.every((other) => other === at || Math.hypot(other[0] - at[0], other[1] - at[1]) >= extent * share),
  )
  return new Set(alone.map((at) => at.join()))
}

function span(places: readonly Metres[], axis: 0 | 1): number {
  const values = places.map((at) => at[axis])
  return Math.max(...values) - Math.min(...values)
}
