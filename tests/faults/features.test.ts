import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FeatureAnswer, FeatureAnswerSchema } from '../../src/domain/map-feature.ts'
import type { Catalogue, SourcesAnswer } from '../../src/domain/wire.ts'
import {
  type GatewayProcess,
  descendantsOf,
  startGateway,
  temporaryFolder,
} from '../support/gateway-process.ts'

const root = resolve(import.meta.dirname, '../..')
const patient = { timeout: 30_000 }
let gateway: GatewayProcess
let file: string
let upstream: string

const ask = async (path: string) => await fetch(`${gateway.url}/api/${path}`)
const features = async (path: string) => (await (await ask(`features/${path}`)).json()) as FeatureAnswer
const statusOf = async (path: string) => (await ask(`features/${path}`)).status
const order = async (body: object) =>
  await fetch(`${upstream}/control`, { method: 'POST', body: JSON.stringify(body) })
async function health() {
  const { sources } = (await (await ask('sources')).json()) as SourcesAnswer
  return sources.find(({ source }) => source === 'geo')
}

beforeAll(async () => {
  const city = join(temporaryFolder(), 'changchun')
  cpSync(join(root, 'cities/changchun'), city, { recursive: true })
  file = join(city, 'features.yaml')
  // Seconds instead of half a minute between two polls: the test waits for what follows from them.
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/poll: PT\d+[SM]/g, 'poll: PT1S'))
  gateway = await startGateway({ CITY: city, CITYDECK_TEST_CONTROL: '1' })
  const found = () => /demo upstream answers url="(\S+)"/.exec(gateway.output())?.[1]
  upstream = await vi.waitUntil(found, patient)
  await vi.waitUntil(async () => (await health())?.state === 'ok', patient)
})
afterAll(async () => {
  await gateway?.stop('SIGKILL')
})

describe('things with a place, from the demo upstream to the wire', () => {
  test('every collection of the catalogue answers valid, synthetic features and nothing is refused', async () => {
    const { collections, sources } = (await (await ask('catalogue')).json()) as Catalogue
    expect(collections.length).toBeGreaterThan(20)
    expect(JSON.stringify(collections)).not.toContain('/collections/')
    expect(sources.find(({ id }) => id === 'geo')).toMatchObject({ adapter: 'ogc-features', once: false })
    for (const { id } of collections) {
      const answer = await features(id)
      expect(v.safeParse(FeatureAnswerSchema, answer).issues, id).toBeUndefined()
      expect([answer.collection, answer.provenance, answer.refused], id).toEqual([id, 'synthetic', []])
    }
    expect((await features('shelters')).features.length).toBeGreaterThan(10)
  })

  test('an instant ahead is a forecast, one of the past is answered as it was, the rest is not known', async () => {
    const ahead = await features('radar?at=2026-08-06T15:32:00%2B08:00')
    expect(Date.parse(ahead.at)).toBeGreaterThan(Date.parse(ahead.resultTime))
    const past = await features('shelters?asOf=2026-08-05T22:00:00Z')
    expect(Date.parse(past.resultTime)).toBeLessThanOrEqual(Date.parse('2026-08-05T22:00:00Z'))
    expect(await statusOf('radar?at=2026-08-07T14:32:00%2B08:00')).toBe(404)
    expect(await statusOf('nothing-such')).toBe(404)
    expect(await statusOf('shelters?at=yesterday')).toBe(422)
    expect(await statusOf('shelters?asOf=2099-01-01T00:00:00Z')).toBe(422)
  })

  test('the description of the routes names it, and the stream tells when a standing collection was read', async () => {
    const { paths } = (await (await ask('openapi.json')).json()) as { paths: object }
    expect(Object.keys(paths)).toContain('/api/features/{collection}')
    const stream = await fetch(`${gateway.url}/api/stream`)
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!/event: features\ndata: .*\n\n/.test(text)) text += (await reader.read()).value ?? ''
    await reader.cancel()
    const news = JSON.parse(/event: features\ndata: (.*)\n\n/.exec(text)![1]!) as {
      collection: string
      hash: string
    }
    expect(Object.keys(news).toSorted()).toEqual(['at', 'collection', 'hash', 'receivedAt'])
  })

  test.each([
    [
      'is cut off',
      async () => void (await order({ do: 'stop', service: 'geo' })),
      async () => void (await order({ do: 'reset' })),
    ],
    [
      'hangs',
      async () => descendantsOf(gateway.pid).forEach((pid) => process.kill(pid, 'SIGSTOP')),
      async () => descendantsOf(gateway.pid).forEach((pid) => process.kill(pid, 'SIGCONT')),
    ],
  ])('keeps the last good answer with its age while the upstream %s, and recovers', async (_, harm, mend) => {
    await expect.poll(async () => (await health())?.state, patient).toBe('ok')
    await harm()
    await expect.poll(async () => (await health())?.state, patient).toMatch(/failing|open/)
    const [first, second] = [await features('shelters'), await features('shelters')]
    expect(first.features.length).toBeGreaterThan(10)
    expect(second.receivedAt).toBe(first.receivedAt)
    expect((await health())?.lastError).toBeTruthy()
    await mend()
    await expect.poll(async () => (await health())?.state, patient).toBe('ok')
    await expect.poll(async () => (await features('shelters')).receivedAt, patient).not.toBe(first.receivedAt)
  })

  test('an edited features.yaml is in force without a restart, and a broken one is refused with its line', async () => {
    const whole = readFileSync(file, 'utf8')
    const at = whole.split('\n').findIndex((line) => line.includes('path: /collections/pipes'))
    writeFileSync(file, whole.replace('path: /collections/pipes', 'route: /collections/pipes'))
    await expect.poll(() => gateway.output(), patient).toContain(`features.yaml:${at + 1}:`)
    expect(await statusOf('pipes')).toBe(200)
    writeFileSync(file, whole.replace('- id: pipes', '- id: tubes'))
    await expect.poll(async () => await statusOf('tubes'), patient).toBe(200)
    expect(await statusOf('pipes')).toBe(404)
    expect((await features('shelters')).features.length).toBeGreaterThan(10)
  })
})
