export type Position = readonly [x: number, y: number]

/** Of a line or an area the middle of its extent stands for it. */
export function middle(positions: readonly Position[]): Position | undefined {
  if (positions.length === 0) return undefined
  const span = (axis: 0 | 1) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const position of positions)
      [low, high] = [Math.min(low, position[axis]), Math.max(high, position[axis])]
    return (low + high) / 2
  }
  return [span(0), span(1)]
}
