import type { AttentionConfig } from '../../src/domain/attention.ts'
import type { CityStateConfig } from '../../src/domain/city-state.ts'
import type { CityConfig } from '../../src/domain/city.ts'
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
    sources: city.sources.map(
      ({ id, name, adapter, department, provenance, critical, cadence, license }) => ({
        id,
        name,
        adapter,
        department,
        provenance,
        critical,
        once: cadence === 'once',
        ...(license === undefined ? {} : { license }),
      }),
    ),
    scenes: city.scenes,
    cityState: city.cityState,
    attention: city.attention,
    hash: city.hash,
  }
}
