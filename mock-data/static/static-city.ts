import type { AttentionConfig } from '../../src/domain/attention.ts'
import type { CityStateConfig } from '../../src/domain/city-state.ts'
import { collectionCard, sourceCard } from '../../src/domain/cards.ts'
import type { CityConfig } from '../../src/domain/city.ts'
import type { FeaturesConfig } from '../../src/domain/feature-collection.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import type { Region } from '../../src/domain/region.ts'
import type { Scene } from '../../src/domain/scene.ts'
import type { Source } from '../../src/domain/source.ts'
import type { Catalogue } from '../../src/domain/wire.ts'

/** A city as the static build carries it: what its folder says, and the files its sources read, as base64. */
export interface StaticCity {
  city: CityConfig
  indicators: Indicator[]
  regions: Region[]
  sources: Source[]
  features: FeaturesConfig
  scenes: Scene[]
  cityState: CityStateConfig
  attention: AttentionConfig
  hash: string
  files: Record<string, { base64: string; sha256: string; modifiedAt: string }>
}

const shownAtOnce = new Set(['province', 'city', 'county', 'zone'])

/** The same answer as the gateway's: definitions without how their sources are asked. */
export function catalogueOf(city: StaticCity): Catalogue {
  return {
    city: city.city,
    indicators: city.indicators.map((indicator) => ({
      ...indicator,
      sources: indicator.sources.map(({ source }) => ({ source, mapping: {} })),
    })),
    regions: city.regions.filter(({ level }) => shownAtOnce.has(level)),
    sources: [...city.sources, ...city.features.sources].map(sourceCard),
    collections: city.features.collections.map(collectionCard),
    findings: city.features.findings,
    scenes: city.scenes,
    cityState: city.cityState,
    attention: city.attention,
    hash: city.hash,
  }
}
