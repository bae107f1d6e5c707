import * as v from 'valibot'
import { regionsBelow } from '../../src/domain/place-regions.ts'
import { collectionCard, sourceCard } from '../../src/domain/cards.ts'
import { collectionsOf } from '../../src/domain/finding.ts'
import { RegionCodeSchema } from '../../src/domain/region.ts'
import type { Catalogue } from '../../src/domain/wire.ts'
import { seesCollection } from '../features/sight.ts'
import { ProblemError } from '../problem.ts'
import { defineRoute } from './route.ts'

const shownAtOnce = new Set(['province', 'city', 'county', 'zone'])

export const catalogue = defineRoute({
  method: 'GET',
  path: '/api/catalogue',
  summary: 'Indicators, regions, sources, scenes and rules the viewer may see',
  query: v.object({}),
  async answer({ viewer, gateway }): Promise<Catalogue> {
    const city = gateway.city()
    const collections = city.features.collections.filter((collection) => seesCollection(viewer, collection))
    const isSeen = (wanted: string): boolean => collections.some(({ id }) => id === wanted)
    return {
      city: city.city,
      // How a source is asked is nobody's business outside the gateway.
      indicators: city.indicators
        .filter((indicator) => viewer.sees(indicator))
        .map((indicator) => ({
          ...indicator,
          sources: indicator.sources.map(({ source }) => ({ source, mapping: {} })),
        })),
      regions: city.regions.filter((region) => shownAtOnce.has(region.level)),
      sources: [...city.sources, ...city.features.sources].map(sourceCard),
      collections: collections.map(collectionCard),
      findings: city.features.findings.filter((rule) => collectionsOf(rule).every(isSeen)),
      scenes: city.scenes,
      cityState: city.cityState,
      attention: city.attention,
      hash: city.hash,
    }
  },
})

export const regions = defineRoute({
  method: 'GET',
  path: '/api/regions',
  summary: 'Children of a region, administrative and operated; with depth=all everything below it',
  query: v.object({ parent: RegionCodeSchema, depth: v.optional(v.picklist(['1', 'all']), '1') }),
  async answer({ query, gateway }) {
    const all = gateway.city().regions
    if (!all.some((region) => region.code === query.parent)) throw new ProblemError(404, 'no such region')
    return { regions: regionsBelow(all, query.parent, query.depth) }
  },
})
