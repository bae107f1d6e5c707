import type { Alarm } from './alarm.ts'
import type { AttentionConfig } from './attention.ts'
import type { CityStateConfig } from './city-state.ts'
import type { CityConfig } from './city.ts'
import type { FeatureCollection } from './feature-collection.ts'
import type { FindingRule } from './finding.ts'
import type { Incident } from './incident.ts'
import type { Indicator } from './indicator.ts'
import type { Observation } from './observation.ts'
import type { Region } from './region.ts'
import type { Scene } from './scene.ts'
import type { SourceHealth } from './source.ts'
import type { LocalText } from './text.ts'
import type { Warning } from './warning.ts'

/** What a viewer may know of a source; never its address or settings. */
export interface SourceCard {
  id: string
  name: { zh: string; en?: string | undefined }
  adapter: string
  department: string
  provenance: 'real' | 'synthetic'
  critical: boolean
  once: boolean
  license?: string | undefined
}

/** What a viewer may know of a collection of things with a place; never where it is asked. */
export type CollectionCard = Pick<
  FeatureCollection,
  | 'id'
  | 'name'
  | 'kind'
  | 'source'
  | 'poll'
  | 'step'
  | 'past'
  | 'ahead'
  | 'license'
  | 'provenance'
  | 'department'
  | 'critical'
>

/** Event `features`: a standing collection was read again. Pages that hold another hash ask for it; the others note its age. */
export interface FeatureNews {
  collection: string
  /** When the source made the statement. */
  at: string
  receivedAt: string
  hash: string
}

/** GET /api/features: how far back what was said of each collection can be told. */
export interface FeatureHistoryAnswer {
  collections: {
    collection: string
    /** Since when what was heard is kept; null where nothing is. */
    from: string | null
    /** True where the source itself can be asked what it would have said. */
    fromSource: boolean
  }[]
  /** Kept of all collections together, packed; at `maxBytes` the oldest is forgotten before its time. */
  bytes: number
  maxBytes: number
  serverTime: string
}

/** 口径调整: a definition that changed the meaning of its figure, until when that is marked, and both its texts. */
export interface DefinitionBreak {
  code: string
  fields: string[]
  from: LocalText
  to: LocalText
  at: string
  until: string
}

/** GET /api/catalogue: only what the viewer may see. `sources` in an indicator are stripped to ids. */
export interface Catalogue {
  city: CityConfig
  indicators: Indicator[]
  /** Province, city, counties and zones; towns and communities by GET /api/regions?parent=. */
  regions: Region[]
  sources: SourceCard[]
  collections: CollectionCard[]
  /** What of those collections is worth a case. */
  findings: FindingRule[]
  scenes: Scene[]
  cityState: CityStateConfig
  attention: AttentionConfig
  definitionChanges?: DefinitionBreak[]
  hash: string
}

/** GET /api/observations/latest */
export interface LatestAnswer {
  observations: Observation[]
  asOf: string
  serverTime: string
  cursor: number
  nextCursor?: string
}

/** GET /api/indicators/:code/series; a series is of one provenance class, real and synthetic are never joined. */
export interface SeriesAnswer {
  series: { dims: Record<string, string>; historic: boolean; observations: Observation[] }[]
  asOf: string
  serverTime: string
}

/** GET /api/situation?asOf=: the folded journal, as arrays. */
export interface SituationAnswer {
  mode: 'peace' | 'emergency'
  incidents: Incident[]
  warnings: Warning[]
  alarms: Alarm[]
  streams: Record<string, number>
  sequence: number
  asOf: string
  serverTime: string
  cursor: number
}

/** GET /api/sources */
export interface SourcesAnswer {
  sources: SourceHealth[]
  serverTime: string
}

/** RFC 9457 */
export interface Problem {
  type: string
  title: string
  status: number
  detail?: string
  instance?: string
  errors?: { path: string; message: string }[]
  /** Why a well-formed command was not carried out. */
  refused?: string
}
