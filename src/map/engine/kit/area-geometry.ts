import earcut from 'earcut'
import type { AreaItem, Rgba } from '../../../contracts/map-kit.ts'
import type { EnuMetres } from '../../../contracts/map-layer.ts'
import { type ReliefUp, drapedTriangles } from './drape.ts'
import { type KitGeometry, NAMELESS_ROW, NO_ROW } from './kit-layer.ts'

/** One polygon with its colour, and how high it stands. */
export interface Area {
  polygon: AreaItem['polygons'][number]
  fill: Rgba
  height: number
  row: number | undefined
}

/** Light of a solid's top, of sides that face north or south, and of those that face east or west. */
const SHADES = { top: 1, along: 0.76, across: 0.58 }

/** Flat areas as triangles, laid on the relief where there is one; rings that enclose nothing are left out. */
export function flatGeometry(areas: readonly Area[], relief?: ReliefUp): KitGeometry {
  const to = new TriangleWriter(relief)
  for (const { polygon, fill, row } of areas) to.roof(polygon, 0, fill, row ?? NO_ROW)
  return to.geometry()
}

/** Solids: a roof and one wall an edge, each side in its own shade. */
export function solidGeometry(areas: readonly Area[]): KitGeometry {
  const to = new TriangleWriter()
  for (const { polygon, fill, height, row = NAMELESS_ROW } of areas) {
    to.roof(polygon, height, shaded(fill, SHADES.top), row)
    for (const ring of polygon)
      ring.forEach((from, index) => to.wall(from, ring[(index + 1) % ring.length]!, height, fill, row))
  }
  return to.geometry()
}

class TriangleWriter {
  private readonly positions: number[] = []
  private readonly colors: number[] = []
  private readonly rows: number[] = []
  private readonly indices: number[] = []
  private readonly relief: ReliefUp | undefined
  private error = 0

  constructor(relief?: ReliefUp) {
    this.relief = relief
  }

  roof(polygon: Area['polygon'], height: number, color: Rgba, row: number): void {
    const first = this.rows.length
    const holes: number[] = []
    const flat: number[] = []
    const points: EnuMetres[] = []
    polygon.forEach((ring, index) => {
      if (index > 0) holes.push(flat.length / 2)
      for (const [east, north, up] of ring) {
        flat.push(east, north)
        points.push([east, north, up + height])
      }
    })
    for (const at of this.laid(points, earcut(flat, holes))) this.indices.push(first + at)
    for (const at of points) this.vertex(...at, color, row)
  }

  wall(from: EnuMetres, to: EnuMetres, height: number, fill: Rgba, row: number): void {
    const [east, north] = [to[0] - from[0], to[1] - from[1]]
    if (east === 0 && north === 0) return
    const color = shaded(fill, Math.abs(east) > Math.abs(north) ? SHADES.along : SHADES.across)
    const first = this.rows.length
    for (const [at, up] of [
      [from, 0],
      [to, 0],
      [to, height],
      [from, height],
    ] as const)
      this.vertex(at[0], at[1], at[2] + up, color, row)
    this.indices.push(first, first + 1, first + 2, first, first + 2, first + 3)
  }

  /** Adds the corners it takes to follow the relief. */
  private laid(points: EnuMetres[], corners: readonly number[]): readonly number[] {
    if (!this.relief) return corners
    const draped = drapedTriangles(points, corners, this.relief)
    this.error = Math.max(this.error, draped.error)
    return draped.corners
  }

  geometry(): KitGeometry {
    const geometry = meshGeometry(
      new Float32Array(this.positions),
      undefined,
      new Uint8Array(this.colors),
      new Float32Array(this.rows),
      new Uint32Array(this.indices),
    )
    return this.relief ? { ...geometry, error: this.error } : geometry
  }

  private vertex(east: number, north: number, up: number, color: Rgba, row: number): void {
    this.positions.push(east, north, up)
    this.colors.push(color[0], color[1], color[2], color[3])
    this.rows.push(row)
  }
}

/** Attributes of a mesh: three metres, three u of lift, a colour and a row for each vertex. */
export function meshGeometry(
  positions: Float32Array,
  lifts: Float32Array | undefined,
  colors: Uint8Array | Uint8ClampedArray,
  rows: Float32Array,
  indices?: Uint32Array,
): KitGeometry {
  return {
    topology: 'triangle-list',
    attributes: {
      positions: { size: 3, value: positions },
      lifts: { size: 3, value: lifts ?? new Float32Array(positions.length) },
      colors: {
        size: 4,
        value: colors instanceof Uint8Array ? colors : new Uint8Array(colors),
        normalized: true,
      },
      rows: { size: 1, value: rows },
    },
    ...(indices ? { indices } : {}),
  }
}

function shaded([red, green, blue, opacity]: Rgba, light: number): Rgba {
  return [Math.round(red * light), Math.round(green * light), Math.round(blue * light), opacity]
}
