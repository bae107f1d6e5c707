export interface SparkShape {
  /** SVG path in a 100 × 100 box, y down; a missing period breaks the line. */
  path: string
  /** Last period with a value, in the same box. */
  end: { x: number; y: number } | undefined
  targetY: number | undefined
}

export interface SparkScale {
  min: number
  max: number
}

/** Range of all finite values with a tenth of room above and below, so that neither dot nor target touches the edge. */
export function sparkScale(values: readonly (number | null | undefined)[]): SparkScale {
  const finite = values.filter((value): value is number => value !== null && value !== undefined)
  if (finite.length === 0) return { min: 0, max: 1 }
  const [low, high] = [Math.min(...finite), Math.max(...finite)]
  // A flat line stands in the middle, not on the floor.
  const room = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1
  return { min: low - room, max: high + room }
}

/** The shape of a small line chart. `values` are equally spaced periods, oldest first; null is a missing one. */
export function sparkShape(
  values: readonly (number | null)[],
  target?: number | null,
  scale: SparkScale = sparkScale([...values, target]),
): SparkShape {
  const x = (index: number): number => (values.length < 2 ? 100 : (index / (values.length - 1)) * 100)
  const y = (value: number): number => 100 - ((value - scale.min) / (scale.max - scale.min)) * 100
  let path = ''
  let end: SparkShape['end']
  let drawing = false
  for (const [index, value] of values.entries()) {
    if (value === null) {
      drawing = false
      continue
    }
    path += `${drawing ? 'L' : 'M'}${round(x(index))} ${round(y(value))}`
    drawing = true
    end = { x: round(x(index)), y: round(y(value)) }
  }
  return { path, end, targetY: target === null || target === undefined ? undefined : round(y(target)) }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
