import type { LonLat } from '../regions/geojson.ts'
import type { Crs } from './crs.ts'

/** Heights on a regular grid in a source's own coordinates, north row first; NaN where there is none. */
export interface HeightGrid {
  columns: number
  rows: number
  /** Outer corner of the first cell. */
  west: number
  north: number
  /** Width and height of a cell in the source's units, both positive. */
  cellWidth: number
  cellHeight: number
  values: Float32Array
}

/** Heights by place: bilinear between the middles of four cells. */
export interface HeightField {
  /** Metres; undefined outside the grid and where the source has no height. */
  heightAt(longitude: number, latitude: number): number | undefined
  west: number
  south: number
  east: number
  north: number
  /** Cells along the longer side. */
  cells: number
}

export function heightField(grid: HeightGrid, crs: Crs): HeightField {
  const corners = edgePoints(grid).map(([x, y]) => crs.toLonLat(x, y))
  const [longitudes, latitudes] = [
    corners.map(([longitude]) => longitude),
    corners.map(([, latitude]) => latitude),
  ]
  return {
    west: Math.min(...longitudes),
    east: Math.max(...longitudes),
    south: Math.min(...latitudes),
    north: Math.max(...latitudes),
    cells: Math.max(grid.columns, grid.rows),
    heightAt(longitude, latitude) {
      const [x, y] = crs.fromLonLat(longitude, latitude)
      return sample(grid, (x - grid.west) / grid.cellWidth - 0.5, (grid.north - y) / grid.cellHeight - 0.5)
    },
  }
}

/** A projected rectangle bulges in degrees, so its edges are followed, not only its corners. */
function edgePoints({ west, north, columns, rows, cellWidth, cellHeight }: HeightGrid): LonLat[] {
  const [width, height] = [columns * cellWidth, rows * cellHeight]
  return Array.from({ length: 17 }, (_, step) => step / 16).flatMap((share): LonLat[] => [
    [west + width * share, north],
    [west + width * share, north - height],
    [west, north - height * share],
    [west + width, north - height * share],
  ])
}

function sample(grid: HeightGrid, column: number, row: number): number | undefined {
  if (column < -0.5 || row < -0.5 || column > grid.columns - 0.5 || row > grid.rows - 0.5) return undefined
  const [x, y] = [Math.floor(column), Math.floor(row)]
  let [sum, weights] = [0, 0]
  for (const [dx, dy] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const at = clamp(y + dy, grid.rows) * grid.columns + clamp(x + dx, grid.columns)
    const value = grid.values[at]!
    const weight = Math.abs(1 - dx - (column - x)) * Math.abs(1 - dy - (row - y))
    // A cell without height gives its share to its neighbours.
    if (Number.isNaN(value) || weight === 0) continue
    sum += value * weight
    weights += weight
  }
  return weights > 0 ? sum / weights : undefined
}

function clamp(index: number, count: number): number {
  return Math.min(count - 1, Math.max(0, index))
}
