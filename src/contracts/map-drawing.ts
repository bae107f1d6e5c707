import type { Incident } from '../domain/incident.ts'
import type { Observation } from '../domain/observation.ts'
import type { LocalText } from '../domain/text.ts'
import type { EnuMetres } from './map-layer.ts'

/** A quantity inside a label, which the overlay prints as a figure of the label's feature. */
export interface LabelQuantity {
  /** Property of the feature. */
  property: string
  name: LocalText
  value: number
  /** UCUM. */
  unit: string
}

/** A text on the map: drawn by the HTML overlay, so it is sharp, audited and collision-checked. */
export interface MapLabel {
  id: string
  at: EnuMetres
  /** Holds no digit but those of a name; quantities stand in `said`. */
  text: string
  /** Drawn in place of `text`: words and quantities in order, with the feature they are told of. */
  said?: readonly (string | LabelQuantity)[]
  kind: 'value' | 'place' | 'water' | 'street' | 'incident' | 'facility' | 'force' | 'shelter' | 'note'
  /** How far above `at` it stands, in u on the screen, as MapKit.mesh lifts its vertices. */
  lift?: number
  /** Higher wins when two labels meet. */
  priority: number
  /** Present on a name: the region it names, which a click on it picks. A figure's is its observation's. */
  region?: string
  /** Present on a figure: the observation it prints. */
  observation?: Observation
  /** Present on a figure that is read as a word: Ⅲ类 for a class. */
  words?: string
  /** Present on what stands for a feature: `collection/id`, which a click on it picks. */
  feature?: string
  /** A badge before the text: one 汉字 in a square, in the level's fill when the thing is in trouble. */
  badge?: { glyph: string; tone: 'normal' | 'force' | 'shelter' | 1 | 2 | 3 | 4 }
  /** Present on an official warning: drawn as the glyph of its level, 1 红 … 4 蓝, before the text. */
  level?: 1 | 2 | 3 | 4
  /** Present on a mark: drawn as its glyph, with the text for whoever cannot see it. */
  incident?: Incident
}

/** One line of the legend: a swatch as the map draws it, and what it means. */
export interface LegendEntry {
  text: LocalText
  /** CSS colour of fill or line. */
  colour: string
  form: 'fill' | 'line' | 'dash' | 'dot' | 'hatch' | 'badge'
  glyph?: string
}

/** Ground under water at the map's instant, as polygons of rings; the same object until it changes. */
export interface WetGround {
  polygons: readonly (readonly (readonly EnuMetres[])[])[]
  forecast: boolean
}
