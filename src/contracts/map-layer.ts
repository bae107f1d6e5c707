import type { Layer } from '@deck.gl/core'
import type { Incident } from '../domain/incident.ts'
import type { Observation } from '../domain/observation.ts'
import type { Region } from '../domain/region.ts'
import type { MapTheme } from '../domain/scene.ts'
import type { Warning } from '../domain/warning.ts'

/** East-north-up metres at the city's origin: the common space of Cesium's frame and deck.gl's. */
export type EnuMetres = [east: number, north: number, up: number]

/** One administrative unit as the base map draws it: rings in ENU metres, outer ring first in each polygon. */
export interface RegionShape {
  region: Region
  polygons: EnuMetres[][][]
  /** Where a column or a label stands. */
  anchor: EnuMetres
}

/** Plain data of one instant; a layer builds from it and keeps nothing. */
export interface SituationView {
  theme: MapTheme
  shapes: readonly RegionShape[]
  selectedRegion: string | undefined
  /** Under the pointer, or focused by the keyboard. */
  pointedRegion: string | undefined
  latest(indicator: string, region: string): Observation | undefined
  incidents: readonly Incident[]
  warnings: readonly Warning[]
  project(longitude: number, latitude: number, height?: number): EnuMetres
  /** Formats a value as its Figure would, for a label. */
  format(indicator: string, value: number): string
  /** A region's name as the map writes it, in the viewer's language. */
  placeName(region: string): string
  /** Pixels of n units, 1u being 1/1080 of the screen's height. */
  u(n: number): number
  /** Side of a column's square foot in u. */
  columnWidth: number
}

/** A text on the map: drawn by the HTML overlay, so it is sharp, audited and collision-checked. */
export interface MapLabel {
  id: string
  at: EnuMetres
  text: string
  kind: 'value' | 'place' | 'water' | 'incident'
  /** How far above `at` it stands, in u on the screen, as MapKit.mesh lifts its vertices. */
  lift?: number
  /** Higher wins when two labels meet. */
  priority: number
  /** Present on a name: the region it names, which a click on it picks. A figure's is its observation's. */
  region?: string
  /** Present on a figure: the observation it prints. */
  observation?: Observation
  /** Present on a mark: drawn as its glyph, with the text for whoever cannot see it. */
  incident?: Incident
}

/** What the engine draws and deck.gl's own layers do not. */
export interface MapKit {
  /** Merged triangles of any shape; not instanced, so cheap on a machine without a GPU. */
  mesh(shape: MeshShape): Layer
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

export interface MapLayer {
  title: string
  /** Called on every change of what it reads; deck.gl diffs by layer id, so build, never mutate. Ids start with the layer's own id. */
  build(view: SituationView, kit: MapKit): Layer[]
  labels?(view: SituationView): MapLabel[]
}

export function defineMapLayer(layer: MapLayer): MapLayer {
  return layer
}
