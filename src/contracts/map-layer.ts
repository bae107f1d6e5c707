import type { Incident } from '../domain/incident.ts'
import type { Observation } from '../domain/observation.ts'
import type { Region } from '../domain/region.ts'
import type { MapTheme } from '../domain/scene.ts'
import type { LocalText } from '../domain/text.ts'
import type { Warning } from '../domain/warning.ts'
import type { FeatureView } from './map-feature-view.ts'
import type { LegendEntry, MapLabel, WetGround } from './map-drawing.ts'
import type { Drawing, MapKit } from './map-kit.ts'

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
  /** Outlines of what lies below the county somebody has gone down to, and which of them he stands in. */
  units: readonly RegionShape[]
  selectedUnit: string | undefined
  /** Functional zones, each as the streets it runs: they overlap the units and take no part in any sum. */
  zones?: readonly RegionShape[]
  selectedRegion: string | undefined
  /** Under the pointer, or focused by the keyboard. */
  pointedRegion: string | undefined
  /** Of the series without dims, or of exactly those given. */
  latest(indicator: string, region: string, dims?: Readonly<Record<string, string>>): Observation | undefined
  incidents: readonly Incident[]
  warnings: readonly Warning[]
  /** The instant the map stands at: now, the past, or a forecast hour of the time slider. */
  atMs: number
  /** Now to the moment, for layers that move; absent where the map stands still at `atMs`. */
  playMs?: number | undefined
  /** Features of a collection that hold at that instant; empty while nothing is known. */
  features<K extends string>(collection: K): FeatureView<K>
  /** A feature chosen by pick, search or list, as `collection/id`. */
  selectedFeature: string | undefined
  /** The layers a viewer switched on below the ground. */
  underground: boolean
  project(longitude: number, latitude: number, height?: number): EnuMetres
  /** Formats a value as its Figure would, for a label. */
  format(indicator: string, value: number): string
  /** A layer's own words in the viewer's language. */
  text(words: LocalText): string
  /** The colours the screen wears. */
  appearance: 'dark' | 'light'
  /** Code of the whole city. */
  city: string
  /** A region's name as the map writes it, in the viewer's language. */
  placeName(region: string): string
  /** Pixels of n units, 1u being 1/1080 of the screen's height. */
  u(n: number): number
  /** Side of a column's square foot in u. */
  columnWidth: number
}

type Standing = 'ahead' | 'always'

export interface MapLayer {
  /** In the plugin itself, so that a new layer edits no other file. */
  title: LocalText
  /** Feature collections it draws; the map asks for them while the layer is on. */
  collections?: readonly string[]
  /** True where those tell of two times by themselves: half a map at a past instant draws them as they are known now. */
  hindsight?: boolean
  /**
   * What the map's clock does not move: `ahead` is drawn as it is now for a time to come, `always` for any. The notes say so. A
   * function where that hangs on what the theme shows.
   */
  standing?: Standing | ((theme: MapTheme) => Standing | undefined)
  /** True where it draws the functional zones; their outlines are fetched while it is on. */
  zones?: boolean
  /** True for what moves between the map's minutes: built again as often as `playMs` runs on, while the other layers stay. */
  moves?: boolean
  /** Indicators it prints beside those of the theme, with the dims of each series; asked for while it is on. */
  indicators?: readonly string[]
  /** What its colours, marks and patterns mean, in drawing order. */
  legend?(view: SituationView): LegendEntry[]
  /** Called on every change of what it reads; layers are diffed by id, so build, never mutate. Ids start with the layer's own id. */
  build(view: SituationView, kit: MapKit): Drawing[]
  labels?(view: SituationView): MapLabel[]
  /** Buildings that stand in it wear the colour of water. */
  wet?(view: SituationView): WetGround | undefined
}

export function defineMapLayer(layer: MapLayer): MapLayer {
  return layer
}
