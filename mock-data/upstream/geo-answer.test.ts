import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { parse } from 'yaml'
import { OgcFeaturesSettingsSchema, readItems } from '../../src/adapters/wire/ogc-items.ts'
import { checkFeatures } from '../../src/domain/feature-check.ts'
import { FeaturesConfigSchema } from '../../src/domain/feature-collection.ts'
import { stepMs } from '../../src/domain/feature-times.ts'
import { featureKinds } from '../../src/domain/feature-kinds.ts'
import { geoCollections, geoSteps } from '../simulator/geo/collections.ts'
import { answer } from './answer.ts'
import { directIo } from './direct-io.ts'

const nowMs = Date.parse('2026-08-06T14:32:08+08:00')
const seed = 'changchun'
const yaml = parse(readFileSync(new URL('../../cities/changchun/features.yaml', import.meta.url), 'utf8'), {
  merge: true,
  maxAliasCount: 2_000,
}) as Record<string, unknown>
const config = v.parse(FeaturesConfigSchema, { sources: yaml['sources'], collections: yaml['collections'] })
const settings = v.parse(
  OgcFeaturesSettingsSchema,
  JSON.parse(JSON.stringify(config.sources[0]!.settings).replace('${DEMO_UPSTREAM}', 'http://127.0.0.1:1')),
)
const get = (path: string) => {
  const url = new URL(path, 'http://demo')
  return answer(url.pathname, url.searchParams, nowMs, seed)
}

describe('the demo feature server', () => {
  it('has a landing page, its conformance, and one collection for every kind', () => {
    expect(get('/geo/').status).toBe(200)
    expect(JSON.stringify(get('/geo/conformance').body)).toContain('ogcapi-features-1/1.0/conf/core')
    const { collections } = get('/geo/collections').body as unknown as { collections: { id: string }[] }
    expect(collections.map(({ id }) => id).toSorted()).toEqual(Object.keys(featureKinds).toSorted())
    expect(get('/geo/collections/pipes').body['id']).toBe('pipes')
    expect(get('/geo/collections/pipes/items').headers['content-type']).toBe('application/geo+json')
  })

  it.each([
    ['/geo/collections/none/items', 404],
    ['/geo/collections/pipes/tiles', 404],
    ['/geo/collections/pipes/items?limit=0', 400],
    ['/geo/collections/pipes/items?datetime=yesterday', 400],
    ['/geo/collections/pipes/items?as-of=2099-01-01T00:00:00Z', 400],
  ])('answers %s with %i', (path, status) => {
    expect(get(path).status).toBe(status)
  })

  it('pages to the whole without loss or repetition', async () => {
    const whole = geoCollections.get('pipes')!(seed, nowMs, nowMs).features.map(({ id }) => id)
    const small = { ...settings, pageSize: 37 }
    const { features } = await readItems(small, { path: '/collections/pipes' }, directIo(nowMs, seed))
    expect(features.map((feature) => (feature as { id: string }).id)).toEqual(whole)
  })

  it('is the only source of the city, and all its collections are marked synthetic', () => {
    expect(config.sources.map(({ provenance }) => provenance)).toEqual(['synthetic'])
    expect(new Set(config.collections.map(({ provenance }) => provenance))).toEqual(new Set(['synthetic']))
    expect(config.collections.map(({ id }) => id).toSorted()).toEqual([...geoCollections.keys()].toSorted())
    for (const { id, kind, path } of config.collections)
      expect([kind, path]).toEqual([id, `/collections/${id}`])
  })

  it('is asked on steps that the simulator tells apart', () => {
    const timed = config.collections.filter(({ step }) => step !== undefined)
    expect(timed.length).toBeGreaterThan(0)
    for (const collection of timed)
      expect(stepMs(collection) % geoSteps.get(collection.id)!, collection.id).toBe(0)
  })

  it.each(config.collections.map((collection) => [collection.id, collection] as const))(
    '%s is read through the protocol and every feature of it is right, then, now and ahead',
    async (_, { kind, path }) => {
      for (const hours of [-5, 0, 2]) {
        const datetime = new Date(nowMs + hours * 3_600_000).toISOString()
        const items = await readItems(settings, { path, datetime }, directIo(nowMs, seed))
        expect(checkFeatures(kind, items.features).refused).toEqual([])
        expect(Date.parse(items.resultTime!)).toBeLessThanOrEqual(nowMs)
      }
    },
  )
})
