import type { EnuMetres } from './map-layer.ts'

/** What a layer hands back: a shape made by the kit, or a deck.gl layer of its own, which the 2D map cannot show and says so. */
export interface Drawing {
  id: string
}

/** Red, green, blue, opacity: 0 … 255. */
export type Rgba = readonly [number, number, number, number]

/** Who a shape stands for, as `collection/id`; absent on what cannot be picked. */
interface Picked {
  feature?: string
}

export interface AreaItem extends Picked {
  /** Rings, outer first. */
  polygons: readonly (readonly (readonly EnuMetres[])[])[]
  fill?: Rgba
  /** Strokes of 1 u every 8 u at 45° in the fill's colour instead of a full fill: a forecast. */
  hatch?: boolean
  edge?: Rgba
  /** In u. */
  edgeWidth?: number
  /** On and off in u. */
  dash?: readonly [number, number]
  /** Metres it stands above the ground as a solid; absent: it lies flat. */
  height?: number
}

export interface LineItem extends Picked {
  path: readonly EnuMetres[]
  color: Rgba
  /** In u. */
  width: number
  dash?: readonly [number, number]
  /** A wider line below it. */
  casing?: { color: Rgba; width: number }
  /** Short strokes across it every so many u. */
  ticks?: { color: Rgba; every: number; length: number }
  /** Metres; drawn as a tube with this diameter instead of a flat line. */
  diameter?: number
}

/** The shapes of the map; each is drawn by WebGL in 3D and by canvas in 2D, so a layer is written once. */
export interface MapKit {
  /** Merged triangles of any shape; not instanced, so cheap on a machine without a GPU. */
  mesh(shape: MeshShape): Drawing
  areas(shape: { id: string; items: readonly AreaItem[] }): Drawing
  lines(shape: { id: string; items: readonly LineItem[] }): Drawing
  /** Round dots of `size` u; up to a million. Three metres and four colour bytes a dot; `features` names them for the pick. */
  dots(shape: {
    id: string
    positions: Float32Array
    colors: Uint8Array
    size: number
    features?: readonly string[]
  }): Drawing
  /** Density of weighted points, in the single hue of VISUAL §7. Radius in u. */
  heat(shape: { id: string; positions: Float32Array; weights?: Float32Array; radius: number }): Drawing
  /** Counts in hexagons of that radius in metres; height linear in the count, up to `height` metres. */
  hexagons(shape: { id: string; positions: Float32Array; radius: number; height: number }): Drawing
  /** Bows between two places; width in u. `moving` lets a dash run along them. */
  arcs(shape: {
    id: string
    items: readonly (Picked & { from: EnuMetres; to: EnuMetres; color: Rgba; width: number })[]
    moving?: boolean
  }): Drawing
  /** Heads with a fading tail, each path with one epoch ms a position, as they are at `atMs`. */
  trips(shape: {
    id: string
    items: readonly (Picked & { path: readonly EnuMetres[]; times: readonly number[] })[]
    color: Rgba
    width: number
    tailMs: number
    atMs: number
  }): Drawing
}

export interface MeshShape {
  id: string
  /** Three ENU metres per vertex, three vertices per triangle. */
  positions: Float32Array
  /** East, north and up offset per vertex in u (1/1080 of the screen's height): it keeps its size at any distance. */
  lifts: Float32Array
  /** RGBA per vertex; colours blend between vertices. */
  colors: Uint8ClampedArray
  /** True for solids that hide one another, false for what lies flat in the order of the layers. */
  solid: boolean
}
