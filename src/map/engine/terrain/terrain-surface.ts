import type { EnuMetres } from '../../../contracts/map-layer.ts'

/** Triangles of the ground in ENU metres and where to look for them: flat arrays, so that a worker can hand them over. */
export interface TerrainField {
  positions: Float32Array
  indices: Uint32Array
  /** Square cells of `cell` metres, row by row from the south west. */
  west: number
  south: number
  cell: number
  columns: number
  rows: number
  /** Of a cell's triangles in `triangles`: where they begin, and after the last cell where they end. */
  starts: Uint32Array
  triangles: Uint32Array
  lowest: number
  highest: number
}

/** Cells along the longer side: more would hold less than a triangle each. */
const MOST_CELLS = 768
/** Square metres in plan below which a triangle stands upright and is no ground: a skirt. */
const UPRIGHT = 1e-3

/** Sorts triangles into cells. Undefined where nothing lies flat enough to stand on. */
export function terrainField(positions: Float32Array, all: Uint32Array): TerrainField | undefined {
  const indices = withoutSkirts(positions, all)
  if (indices.length === 0) return undefined
  const [low, high] = boundsOf(positions, indices)
  const [wide, deep] = [high[0] - low[0], high[1] - low[1]]
  const side = Math.min(MOST_CELLS, Math.max(1, Math.ceil(Math.sqrt(indices.length / 3))))
  const cell = Math.max(wide, deep) / side || 1
  const [columns, rows] = [Math.floor(wide / cell) + 1, Math.floor(deep / cell) + 1]
  const field = { positions, indices, west: low[0], south: low[1], cell, columns, rows }
  const starts = new Uint32Array(columns * rows + 1)
  eachCell(field, (at) => starts[at + 1]!++)
  for (let at = 0; at < columns * rows; at++) starts[at + 1]! += starts[at]!
  const next = starts.slice()
  const triangles = new Uint32Array(starts.at(-1)!)
  eachCell(field, (at, triangle) => (triangles[next[at]!++] = triangle))
  return { ...field, starts, triangles, lowest: low[2], highest: high[2] }
}

type Cells = Pick<TerrainField, 'positions' | 'indices' | 'west' | 'south' | 'cell' | 'columns' | 'rows'>

/** Every cell a triangle's box touches. */
function eachCell(cells: Cells, tell: (cell: number, triangle: number) => void): void {
  const { positions, indices, west, south, cell, columns } = cells
  const [xs, ys] = [
    [0, 0, 0],
    [0, 0, 0],
  ]
  for (let triangle = 0; triangle * 3 < indices.length; triangle++) {
    for (let corner = 0; corner < 3; corner++) {
      xs[corner] = Math.floor((positions[indices[triangle * 3 + corner]! * 3]! - west) / cell)
      ys[corner] = Math.floor((positions[indices[triangle * 3 + corner]! * 3 + 1]! - south) / cell)
    }
    for (let row = Math.min(...ys); row <= Math.max(...ys); row++)
      for (let column = Math.min(...xs); column <= Math.max(...xs); column++)
        tell(row * columns + column, triangle)
  }
}

function withoutSkirts(positions: Float32Array, indices: Uint32Array): Uint32Array {
  const kept: number[] = []
  for (let at = 0; at < indices.length; at += 3) {
    const [a, b, c] = [indices[at]! * 3, indices[at + 1]! * 3, indices[at + 2]! * 3]
    const doubled =
      (positions[b]! - positions[a]!) * (positions[c + 1]! - positions[a + 1]!) -
      (positions[b + 1]! - positions[a + 1]!) * (positions[c]! - positions[a]!)
    if (Math.abs(doubled) > UPRIGHT) kept.push(indices[at]!, indices[at + 1]!, indices[at + 2]!)
  }
  return Uint32Array.from(kept)
}

function boundsOf(positions: Float32Array, indices: Uint32Array): [EnuMetres, EnuMetres] {
  const [low, high]: [EnuMetres, EnuMetres] = [
    [Infinity, Infinity, Infinity],
    [-Infinity, -Infinity, -Infinity],
  ]
  for (const vertex of indices)
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], positions[vertex * 3 + axis]!)
      high[axis] = Math.max(high[axis], positions[vertex * 3 + axis]!)
    }
  return [low, high]
}

/** Metres between tiles that are one ground all the same: each is rounded by itself, to half a metre where it is large. */
const SEAM = 2

/** The relief of a base map: how high the ground is, on the very triangles that are drawn from near. */
export class TerrainSurface {
  readonly field: TerrainField

  constructor(field: TerrainField) {
    this.field = field
  }

  /** ENU up of the ground there, metres; undefined where the base map has no terrain. */
  upAt(east: number, north: number): number | undefined {
    const { west, south, cell, columns, rows, starts, triangles } = this.field
    const [column, row] = [Math.floor((east - west) / cell), Math.floor((north - south) / cell)]
    if (!(column >= 0 && row >= 0 && column < columns && row < rows)) return undefined
    let [best, nearest] = [-Infinity, SEAM]
    for (let at = starts[row * columns + column]!; at < starts[row * columns + column + 1]!; at++) {
      const { up, outside } = this.upOn(triangles[at]!, east, north)
      // Neighbouring tiles share a border; the higher of them is seen.
      if (outside < nearest || (outside === nearest && up > best)) [best, nearest] = [up, outside]
    }
    return best === -Infinity ? undefined : best
  }

  /** By the shares of the triangle's corners, and how many metres it ends before the place. */
  private upOn(triangle: number, east: number, north: number): { up: number; outside: number } {
    const { positions: p, indices } = this.field
    const [a, b, c] = [
      indices[triangle * 3]! * 3,
      indices[triangle * 3 + 1]! * 3,
      indices[triangle * 3 + 2]! * 3,
    ]
    const [x, y] = [east - p[c]!, north - p[c + 1]!]
    const [ax, ay, bx, by] = [p[a]! - p[c]!, p[a + 1]! - p[c + 1]!, p[b]! - p[c]!, p[b + 1]! - p[c + 1]!]
    const whole = ax * by - bx * ay
    const [first, second] = [(x * by - bx * y) / whole, (ax * y - x * ay) / whole]
    const third = 1 - first - second
    const beyond = (share: number, edge: number): number => (-share * Math.abs(whole)) / edge
    return {
      up: first * p[a + 2]! + second * p[b + 2]! + third * p[c + 2]!,
      outside: Math.max(
        0,
        beyond(first, Math.hypot(bx, by)),
        beyond(second, Math.hypot(ax, ay)),
        beyond(third, Math.hypot(ax - bx, ay - by)),
      ),
    }
  }

  /** Where a ray first meets the ground, to a centimetre, or leaves it when the eye is below; the direction need not be of length 1. */
  hit(eye: EnuMetres, direction: EnuMetres): EnuMetres | undefined {
    const { lowest, highest, cell } = this.field
    const level = Math.hypot(direction[0], direction[1])
    const enter = direction[2] === 0 ? 0 : (highest - eye[2]) / direction[2]
    const leave = direction[2] === 0 ? Infinity : (lowest - eye[2]) / direction[2]
    let from = Math.max(0, Math.min(enter, leave))
    const end = Math.min(Math.max(enter, leave), level > 0 ? from + (cell * 4000) / level : Infinity)
    if (!(end >= from)) return undefined
    const below = eye[2] < (this.upAt(eye[0], eye[1]) ?? lowest)
    const isMet = (far: number): boolean => {
      const [x, y, z] = along(eye, direction, far)
      const up = this.upAt(x, y)
      return up !== undefined && (below ? z >= up : z <= up)
    }
    // A fraction of a cell at a time: no crest of the mesh is narrower.
    const step = level > 0 ? cell / 2 / level : end - from
    for (let far = from; far <= end + step; far += step) {
      if (isMet(far)) return along(eye, direction, bisected(isMet, from, far))
      from = far
    }
    return undefined
  }
}

function along(eye: EnuMetres, direction: EnuMetres, far: number): EnuMetres {
  return [eye[0] + direction[0] * far, eye[1] + direction[1] * far, eye[2] + direction[2] * far]
}

function bisected(isMet: (far: number) => boolean, low: number, high: number): number {
  let [near, far] = [low, high]
  for (let round = 0; round < 40; round++) {
    const middle = (near + far) / 2
    if (isMet(middle)) far = middle
    else near = middle
  }
  return far
}
