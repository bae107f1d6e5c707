import type { GroundBox } from '../camera-pose.ts'

export interface HeatGrid {
  box: GroundBox
  columns: number
  rows: number
  /** Row by row from the south west, 0 … 1: share of the densest cell. */
  density: Float32Array
}

/** Cells to a radius: three blurs over boxes of that size are a bell curve within a few percent. */
const CELLS = 4
/** Cells of one side; more than the screen could show. */
const MOST = 1024

/**
 * Density of weighted points: counted in cells a quarter of the radius wide, then blurred three times by a running mean,
 * which together is close to a Gaussian (Wells 1986). Costs the number of points plus the number of cells, nothing on the card.
 * @param positions three metres a point @param radius metres at which a lone point has faded
 */
export function heatGrid(
  positions: Float32Array,
  weights: Float32Array | undefined,
  radius: number,
  within: GroundBox,
): HeatGrid | undefined {
  const box = boxOf(positions, radius, within)
  if (!box) return undefined
  const [width, height] = [box.east - box.west, box.north - box.south]
  const cell = Math.max(radius / CELLS, Math.max(width, height) / MOST)
  const [columns, rows] = [Math.max(1, Math.ceil(width / cell)), Math.max(1, Math.ceil(height / cell))]
  let density = new Float32Array(columns * rows)
  for (let point = 0; point * 3 < positions.length; point++) {
    const column = Math.floor((positions[point * 3]! - box.west) / cell)
    const row = Math.floor((positions[point * 3 + 1]! - box.south) / cell)
    if (column < 0 || row < 0 || column >= columns || row >= rows) continue
    density[row * columns + column]! += weights?.[point] ?? 1
  }
  const reach = Math.max(1, Math.round(radius / cell / 3))
  for (let round = 0; round < 3; round++) {
    density = blurred(density, columns, rows, 1, columns, reach)
    density = blurred(density, rows, columns, columns, 1, reach)
  }
  const most = density.reduce((top, value) => Math.max(top, value), 0)
  if (most > 0) density.forEach((value, at) => (density[at] = value / most))
  return {
    box: { ...box, east: box.west + columns * cell, north: box.south + rows * cell },
    columns,
    rows,
    density,
  }
}

function boxOf(positions: Float32Array, radius: number, within: GroundBox): GroundBox | undefined {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (let at = 0; at < positions.length; at += 3) {
    const [east, north] = [positions[at]!, positions[at + 1]!]
    if (east < within.west || east > within.east || north < within.south || north > within.north) continue
    box.west = Math.min(box.west, east)
    box.east = Math.max(box.east, east)
    box.south = Math.min(box.south, north)
    box.north = Math.max(box.north, north)
  }
  if (box.west > box.east) return undefined
  return {
    west: box.west - radius * 1.5,
    south: box.south - radius * 1.5,
    east: box.east + radius * 1.5,
    north: box.north + radius * 1.5,
  }
}

/** Running mean over 2·reach + 1 cells along lines of `length`; what lies outside counts as empty. */
function blurred(
  from: Float32Array,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
  reach: number,
): Float32Array<ArrayBuffer> {
  const to = new Float32Array(from.length)
  const span = 2 * reach + 1
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep
    let sum = 0
    for (let at = 0; at < Math.min(reach, length); at++) sum += from[start + at * step]!
    for (let at = 0; at < length; at++) {
      if (at + reach < length) sum += from[start + (at + reach) * step]!
      if (at - reach - 1 >= 0) sum -= from[start + (at - reach - 1) * step]!
      to[start + at * step] = sum / span
    }
  }
  return to
}

/** The single hue of heat, from thin to dense; opaque enough to read and never hiding the ground where nothing is. */
const STOPS = [
  [18, 38, 43],
  [27, 74, 74],
  [43, 116, 104],
  [92, 201, 181],
  [213, 245, 236],
] as const

/** RGBA of a share 0 … 1, not premultiplied. */
export function heatColour(share: number): [number, number, number, number] {
  const place = Math.min(1, Math.max(0, share)) * (STOPS.length - 1)
  const [low, high] = [STOPS[Math.floor(place)]!, STOPS[Math.min(STOPS.length - 1, Math.floor(place) + 1)]!]
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(low[channel] + (high[channel] - low[channel]) * (place % 1))
  return [mix(0), mix(1), mix(2), Math.round(Math.min(1, share * 5) * 217)]
}
