type Metres = [east: number, north: number, up: number]
type Project = (longitude: number, latitude: number) => Metres

export interface Grid {
  columns: number
  rows: number
  /** Row by row from the north-west corner, west to east; null where the source has none. */
  values: readonly (number | null)[]
}

/** Cells in one rectangle at most: a longer edge would no longer follow the curve of the earth. */
const LONGEST = 8

/**
 * Cells of a grid as rectangles in ENU metres, by class: class i holds values from bounds[i] up to the next bound.
 * What is below the first bound or unknown is in none. Neighbours of one class in a row are one rectangle.
 * @param corners any ring around the grid's rectangle, in degrees.
 */
export function gridClasses(
  grid: Grid,
  corners: readonly (readonly number[])[],
  bounds: readonly number[],
  project: Project,
): Metres[][][] {
  const [west, east] = extent(corners.map((at) => at[0]!))
  const [south, north] = extent(corners.map((at) => at[1]!))
  const [width, height] = [(east - west) / grid.columns, (north - south) / grid.rows]
  const classes: Metres[][][] = bounds.map(() => [])
  for (let row = 0; row < grid.rows; row++) {
    const [top, bottom] = [north - row * height, north - (row + 1) * height]
    for (const { from, to, level } of runs(grid, row, bounds)) {
      const [left, right] = [west + from * width, west + to * width]
      classes[level]!.push([
        project(left, bottom),
        project(right, bottom),
        project(right, top),
        project(left, top),
        project(left, bottom),
      ])
    }
  }
  return classes
}

function runs(grid: Grid, row: number, bounds: readonly number[]) {
  const found: { from: number; to: number; level: number }[] = []
  for (let column = 0; column < grid.columns; column++) {
    const value = grid.values[row * grid.columns + column]
    const level = value === null || value === undefined ? -1 : bounds.findLastIndex((bound) => value >= bound)
    if (level === -1) continue
    const last = found.at(-1)
    if (last?.to === column && last.level === level && column - last.from < LONGEST) last.to = column + 1
    else found.push({ from: column, to: column + 1, level })
  }
  return found
}

function extent(values: readonly number[]): [low: number, high: number] {
  return [Math.min(...values), Math.max(...values)]
}
