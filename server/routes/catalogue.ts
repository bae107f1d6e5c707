import * as v from 'valibot'
import { regionsBelow } from '../../src/domain/place-regions.ts'
import { collectionCard, sourceCard } from '../../src/domain/cards.ts'
import { collectionsOf } from '../../src/domain/finding.ts'
import { InstantSchema } from '../../src/domain/instant.ts'
import { RegionCodeSchema } from '../../src/domain/region.ts'
import type { Catalogue } from '../../src/domain/wire.ts'
import { seesCollection } from '../features/sight.ts'
import { definitionBreaks, definitionsAt } from '../packs/definitions.ts'
import { packBookOf } from '../packs/pack-book.ts'
import { ProblemError } from '../problem.ts'
import { defineRoute } from './route.ts'

const shownAtOnce = new Set(['province', 'city', 'county', 'zone'])

export const catalogue = defineRoute({
  method: 'GET',
  path: '/api/catalogue',
  summary: 'Indicators, regions, sources, scenes and rules the viewer may see',
  query: v.object({ asOf: v.optional(InstantSchema) }),
  async answer({ viewer, query, gateway }): Promise<Catalogue> {
    const city = gateway.city()
    const book = packBookOf(gateway)
    await book.settled()
    const atMs = query.asOf === undefined ? gateway.clock.now() : Date.parse(query.asOf)
    const then = query.asOf === undefined ? undefined : await definitionsAt(book, atMs, city.indicators)
    const indicators = (then ?? city.indicators).filter((indicator) => viewer.sees(indicator))
    const seen = new Set(indicators.map(({ code }) => code))
    const breaks = await definitionBreaks(book, atMs, city.city.definitionNotice)
    const collections = city.features.collections.filter((collection) => seesCollection(viewer, collection))
    const isSeen = (wanted: string): boolean => collections.some(({ id }) => id === wanted)
    return {
      city: city.city,
      // How a source is asked is nobody's business outside the gateway.
      indicators: indicators.map((indicator) => ({
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
      definitionChanges: breaks.filter(({ code }) => seen.has(code)),
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
