import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { type FeatureAnswer, FeatureAnswerSchema, isForecast } from '../../src/domain/map-feature.ts'
import type { Catalogue, LatestAnswer, SeriesAnswer, SituationAnswer } from '../../src/domain/wire.ts'
import { staticAnswer } from './static-answer.ts'
import type { StaticCity } from './static-city.ts'
import { type DemoEvent, StaticGateway } from './static-gateway.ts'

const root = resolve(import.meta.dirname, '../..')
let nowMs = Date.parse('2026-08-06T06:32:00Z')
let gateway: StaticGateway

async function ask<T>(path: string, query = ''): Promise<T> {
  const { status, body } = await staticAnswer(gateway, 'GET', path, new URLSearchParams(query))
  expect(status).toBe(200)
  return body as T
}

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'citydeck-static-'))
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/static-catalogue.ts', folder], { cwd: root })
  const city = JSON.parse(readFileSync(join(folder, 'static/city.json'), 'utf8')) as StaticCity
  gateway = await StaticGateway.start(city, 'changchun', () => nowMs)
}, 60_000)

describe('the gateway inside a page', () => {
  it('answers figures of every running source and the published ones, each with its lineage', async () => {
    const { observations } = await ask<LatestAnswer>('/api/observations/latest')
    const sources = new Set(observations.map(({ source }) => source))
    for (const { id } of gateway.city.sources) expect(sources).toContain(id)
    const published = observations.find(({ provenance }) => provenance === 'real')!
    const lineage = await ask<{ adapter: string; rawSha256: string }>(
      `/api/lineage/${encodeURIComponent(published.lineage)}`,
    )
    expect(lineage.adapter).toBe('file')
    expect(lineage.rawSha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('carries no credentials and no addresses of sources to the page', async () => {
    const catalogue = JSON.stringify(await ask('/api/catalogue'))
    expect(catalogue).not.toContain('demo.invalid')
    expect(catalogue).not.toContain('keySecret')
  })

  it('counts the incidents that the list shows', async () => {
    const { incidents } = await ask<SituationAnswer>('/api/situation')
    const { observations } = await ask<LatestAnswer>(
      '/api/observations/latest',
      'indicator=GOV.COCKPIT.INCIDENTS',
    )
    expect(incidents.length).toBeGreaterThan(0)
    expect(observations[0]?.value).toBe(incidents.filter(({ stage }) => stage !== 'closed').length)
  })

  it('reads the past of an indicator when a series is wanted, and compares with it', async () => {
    const code = gateway.comparable().find((candidate) => candidate.startsWith('MAC.'))!
    const { series } = await ask<SeriesAnswer>(`/api/indicators/${code}/series`, 'from=2023-01-01T00:00:00Z')
    const running = series.find(({ historic }) => !historic)!
    expect(running.observations.length).toBeGreaterThan(6)
    expect(new Set(running.observations.map(({ provenance }) => provenance === 'synthetic')).size).toBe(1)
    const { observations } = await ask<LatestAnswer>(
      '/api/observations/latest',
      `indicator=${code}&region=${gateway.city.city.root}`,
    )
    expect(observations.some(({ comparisons }) => comparisons.length > 0)).toBe(true)
  })

  it('sums what only counties tell, of each period over its own units, with the record behind it', async () => {
    const code = 'MAC.AGR.YIELD'
    const path = `/api/indicators/${code}/series`
    const { series } = await ask<SeriesAnswer>(path, 'region=220100&from=2018-01-01T00:00:00Z')
    const of = (year: string) => series[0]!.observations.find(({ period }) => period.label === year)!
    expect([of('2019').coverage, of('2021').coverage]).toEqual([
      { have: 10, of: 10 },
      { have: 11, of: 11 },
    ])
    const record = await ask<{ source: string; steps: unknown[] }>(
      `/api/lineage/${encodeURIComponent(of('2019').lineage)}`,
    )
    expect([record.source, record.steps.length]).toEqual(['rollup', 11])
  })

  it('tells what is new as time passes, and repeats it to one who was away', async () => {
    const after = gateway.sequence
    const heard: DemoEvent[] = []
    const stop = gateway.hear(after, (event) => heard.push(event))
    nowMs += 60_000
    await gateway.look()
    stop()
    expect(heard.some(({ kind }) => kind === 'observation')).toBe(true)
    const numbered = heard.filter((event) => 'id' in event)
    const ids = numbered.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    const again: DemoEvent[] = []
    gateway.hear(after, (event) => again.push(event))()
    expect(again).toEqual(numbered)
  })

  it('answers things with a place as the gateway does, on their step, and tells when they were read again', async () => {
    const { collections } = await ask<Catalogue>('/api/catalogue')
    expect(collections.length).toBeGreaterThan(20)
    for (const { id, provenance } of collections) {
      const answer = v.parse(FeatureAnswerSchema, await ask(`/api/features/${id}`))
      expect([answer.collection, answer.provenance, answer.refused], id).toEqual([id, provenance, []])
    }
    const ahead = await ask<FeatureAnswer>('/api/features/radar', 'at=2026-08-06T08:33:00Z')
    expect(ahead.at).toBe('2026-08-06T08:30:00Z')
    expect(isForecast(ahead)).toBe(true)
    expect(gateway.health().some(({ source, state }) => source === 'geo' && state === 'ok')).toBe(true)
    const heard: DemoEvent[] = []
    const stop = gateway.hear(gateway.sequence, (event) => heard.push(event))
    nowMs += 30_000
    await gateway.look()
    stop()
    const news = heard.flatMap((event) => (event.kind === 'features' ? [event.news.collection] : []))
    expect(news).toContain('shelters')
    expect(news).not.toContain('radar')
  })

  it.each(['/api/features/nothing-such', '/api/features/radar?at=2026-08-07T06:00:00Z'])(
    'knows nothing of %s',
    async (address) => {
      const { pathname, searchParams } = new URL(address, 'http://page')
      expect((await staticAnswer(gateway, 'GET', pathname, searchParams)).status).toBe(404)
    },
  )

  it('says that commands need the gateway', async () => {
    expect(await staticAnswer(gateway, 'POST', '/api/commands', new URLSearchParams())).toMatchObject({
      status: 501,
      body: { detail: 'needs the gateway' },
    })
  })
})
