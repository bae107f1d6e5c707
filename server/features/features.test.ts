import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as v from 'valibot'
import { secretsForTests } from '../../mock-data/upstream/direct-io.ts'
import { createUpstream } from '../../mock-data/upstream/server.ts'
import { FeaturesConfigSchema } from '../../src/domain/feature-collection.ts'
import { toInstant } from '../../src/domain/instant.ts'
import { FeatureAnswerSchema } from '../../src/domain/map-feature.ts'
import type { FeatureNews } from '../../src/domain/wire.ts'
import type { Log } from '../log.ts'
import { Features, UnknownFeaturesError } from './features.ts'
import { openDuckDbHistory } from './history/duckdb-history.ts'
import type { FeatureHistory } from './history/feature-history.ts'
import { createHistoryEngine } from './history/history-engine.ts'

const start = Date.parse('2026-08-06T14:32:08+08:00')
let nowMs = start
let server: Server
let base: string
let features: Features | undefined
let history: FeatureHistory
const news: FeatureNews[] = []
const warned: string[] = []
const said: string[] = []
const log: Log = {
  say: (sentence) => void said.push(sentence),
  warn: (sentence) => void warned.push(sentence),
  debug: () => {},
}

/** A busy machine takes its time for what takes none. */
const patient = { timeout: 8_000 }
const demo = { source: 'geo', provenance: 'synthetic', department: 'any', name: { zh: '演示' } }
function configWith(settings: object = { asOfParameter: 'as-of' }, poll = 'PT1S') {
  const auth = { kind: 'api-key', in: 'header', name: 'X-Api-Key', keySecret: 'DEMO_API_KEY' }
  return v.parse(FeaturesConfigSchema, {
    sources: [
      {
        id: 'geo',
        name: { zh: '要素服务' },
        adapter: 'ogc-features',
        department: 'any',
        provenance: 'synthetic',
        settings: { baseUrl: '${DEMO_UPSTREAM}/geo', auth, limits: { timeoutMs: 2_000 }, ...settings },
      },
    ],
    collections: [
      { ...demo, id: 'shelters', kind: 'shelters', path: '/collections/shelters', poll },
      { ...demo, id: 'twisted', kind: 'pipes', path: '/collections/shelters', poll },
      {
        ...demo,
        id: 'radar',
        kind: 'radar',
        path: '/collections/radar',
        poll,
        step: 'PT6M',
        past: 'PT1H',
        ahead: 'PT2H',
      },
    ],
  })
}

async function open(port = 0): Promise<void> {
  server = createUpstream({ now: () => nowMs, seed: 'changchun', secrets: secretsForTests, control: true })
  await new Promise<void>((done) => void server.listen(port, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
async function close(): Promise<void> {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}
const order = async (body: object) =>
  await fetch(`${base}/control`, { method: 'POST', body: JSON.stringify(body) })

function begin(config = configWith(), before?: Features): Features {
  features = new Features(
    { features: config },
    {
      log,
      history,
      variables: { DEMO_UPSTREAM: base },
      world: {
        root: '/',
        timeZone: 'Asia/Shanghai',
        now: () => nowMs,
        secret: (name) => secretsForTests[name as keyof typeof secretsForTests],
      },
      changed: () => {},
      news: (_, told) => void news.push(told),
    },
    before,
  )
  return features
}
const collectionOf = (id: string) => configWith().collections.find((one) => one.id === id)!
const heardOf = (id: string) => news.filter(({ collection }) => collection === id).length
const ask = async (id: string, atMs?: number, asOf?: string) =>
  await features!.answer(collectionOf(id), atMs, asOf)

beforeEach(async () => {
  nowMs = start
  news.length = 0
  warned.length = 0
  said.length = 0
  history = createHistoryEngine(await openDuckDbHistory(':memory:'))
  await open()
})
afterEach(async () => {
  await features?.stop()
  await history.close()
  await close()
})

describe('a standing collection', () => {
  it('is answered from memory, checked and marked, and its reading is told', async () => {
    begin()
    await expect.poll(() => news.some(({ collection }) => collection === 'shelters'), patient).toBe(true)
    const answer = await ask('shelters')
    expect(v.is(FeatureAnswerSchema, answer)).toBe(true)
    expect(answer).toMatchObject({ source: 'geo', provenance: 'synthetic', refused: [] })
    expect(answer.features.length).toBeGreaterThan(10)
    expect(Date.parse(answer.at)).toBeLessThanOrEqual(Date.parse(answer.resultTime))
    const told = news.find(({ collection }) => collection === 'shelters')!
    expect(told).toEqual({
      collection: 'shelters',
      at: answer.resultTime,
      receivedAt: answer.receivedAt,
      hash: answer.hash,
    })
  })

  it('refuses features that are not of its kind, each with its reason, and the desk can list them', async () => {
    begin()
    await expect.poll(() => news.some(({ collection }) => collection === 'twisted'), patient).toBe(true)
    const answer = await ask('twisted')
    const whole = await ask('shelters')
    expect(answer.features).toEqual([])
    expect(answer.refused.map(({ id }) => id)).toEqual(whole.features.map(({ id }) => id))
    expect(answer.refused[0]?.reason).toContain('Point where LineString')
    expect(features!.health()[0]).toMatchObject({ state: 'ok', refused: answer.refused.length })
    expect(features!.refusals('geo')[0]?.row).toBe(`twisted/${answer.refused[0]!.id}`)
  })

  it('keeps its hash while only the time of the statement moves on', async () => {
    begin()
    await expect
      .poll(() => news.filter(({ collection }) => collection === 'shelters').length, patient)
      .toBe(1)
    nowMs += 5_000
    const told = () => news.filter(({ collection }) => collection === 'shelters')
    await expect.poll(() => told().length, patient).toBeGreaterThan(1)
    expect(new Set(told().map(({ hash }) => hash)).size).toBe(1)
    expect((await ask('shelters')).receivedAt).toBe(new Date(nowMs).toISOString().replace('.000Z', 'Z'))
  })

  it.each([
    ['cut off', { do: 'stop', service: 'geo' }],
    ['stalled', { do: 'stall', service: 'geo', ms: 5_000 }],
    ['failing', { do: 'fail', service: 'geo', status: 503 }],
  ])('keeps what was last good, with its age, while the source is %s, and recovers', async (_, trouble) => {
    begin()
    await expect.poll(() => features!.health()[0]?.state, patient).toBe('ok')
    const good = await ask('shelters')
    await order(trouble)
    nowMs += 60_000
    await expect.poll(() => features!.health()[0]?.state, patient).toMatch(/failing|open/)
    expect(await ask('shelters')).toEqual({ ...good, at: (await ask('shelters')).at })
    expect(features!.health()[0]?.lastError).toMatch(/127\.0\.0\.1|answered 503/)
    expect(warned.length).toBeGreaterThan(0)
    await order({ do: 'reset' })
    await expect.poll(() => features!.health()[0]?.state, patient).toBe('ok')
    await expect.poll(async () => (await ask('shelters')).receivedAt, patient).not.toBe(good.receivedAt)
  })

  it('survives the end of the upstream and finds it again', async () => {
    begin()
    await expect.poll(() => features!.health()[0]?.state, patient).toBe('ok')
    const { port } = server.address() as AddressInfo
    await close()
    await expect.poll(() => features!.health()[0]?.state, patient).toMatch(/failing|open/)
    expect((await ask('shelters')).features.length).toBeGreaterThan(10)
    await open(port)
    await expect.poll(() => features!.health()[0]?.state, patient).toBe('ok')
  })

  it('goes on being known when the city is edited beside it', async () => {
    const old = begin()
    await expect.poll(() => features!.health()[0]?.state, patient).toBe('ok')
    const good = await ask('shelters')
    await old.stop()
    await order({ do: 'stop', service: 'geo' })
    begin(configWith(), old)
    expect((await ask('shelters')).hash).toBe(good.hash)
  })
})

describe('an instant', () => {
  it('of a timed collection is read when it is looked at, on its step, once for all who look', async () => {
    begin()
    const [one, two] = await Promise.all([ask('radar', nowMs), ask('radar', nowMs + 1_000)])
    expect(one).toEqual(two)
    expect(one.at).toBe('2026-08-06T06:30:00Z')
    expect(Date.parse((await ask('radar', nowMs + 3_600_000)).resultTime)).toBeLessThanOrEqual(nowMs)
  })

  it('outside what a collection covers is not known', async () => {
    begin()
    await expect(ask('radar', nowMs + 3 * 3_600_000)).rejects.toThrow(UnknownFeaturesError)
  })

  it('that was looked at stays known while the source fails; a live one falls back on the step before', async () => {
    begin()
    const good = await ask('radar')
    await order({ do: 'stop', service: 'geo' })
    nowMs += 6 * 60_000
    const later = await ask('radar')
    expect([later.at, later.hash]).toEqual([good.at, good.hash])
    await expect(ask('radar', nowMs + 3_600_000)).rejects.toMatchObject({ later: true })
  })

  it('does not keep a viewer waiting for a source that hangs while the last good answer is at hand', async () => {
    begin(configWith({ asOfParameter: 'as-of', limits: { timeoutMs: 8_000 } }))
    const good = await ask('radar')
    await order({ do: 'stall', service: 'geo', ms: 7_000 })
    nowMs += 10_000
    const before = performance.now()
    expect((await ask('radar')).hash).toBe(good.hash)
    expect(performance.now() - before).toBeLessThan(4_000)
  })

  it('of the past is answered as it was', async () => {
    begin()
    const past = '2026-08-05T22:00:00Z'
    const answer = await ask('shelters', undefined, past)
    expect(Date.parse(answer.resultTime)).toBeLessThanOrEqual(Date.parse(past))
    expect(answer.features.length).toBeGreaterThan(10)
    await expect(ask('radar', Date.parse(past) + 3 * 3_600_000, past)).rejects.toThrow(UnknownFeaturesError)
  })

  it('of the past is answered by what was heard while a source that could tell it is gone', async () => {
    begin()
    await expect.poll(() => features!.health()[0]?.state, patient).toBe('ok')
    const [good, asOf] = [await ask('shelters'), toInstant(nowMs)]
    await order({ do: 'stop', service: 'geo' })
    nowMs += 3_600_000
    expect(await ask('shelters', undefined, asOf)).toEqual(good)
    await expect(ask('shelters', undefined, '2026-08-05T22:00:00Z')).rejects.toMatchObject({ later: true })
  })
})

describe('a source that cannot be asked about the past', () => {
  it('is answered from what was heard by then, and what was not heard is unknown and never empty', async () => {
    begin(configWith({}))
    await expect.poll(() => heardOf('shelters'), patient).toBeGreaterThan(0)
    const good = await ask('shelters')
    const asOf = toInstant(nowMs)
    nowMs += 3_600_000
    expect(await ask('shelters', undefined, asOf)).toEqual(good)
    await expect(ask('shelters', undefined, '2026-08-05T22:00:00Z')).rejects.toMatchObject({ later: false })
  })

  it('is not asked what stood at an instant of which something was heard', async () => {
    begin(configWith({}))
    await expect.poll(() => heardOf('shelters'), patient).toBeGreaterThan(0)
    const [good, thenMs] = [await ask('shelters'), nowMs]
    nowMs += 3_600_000
    await expect.poll(async () => (await ask('shelters')).receivedAt, patient).toBe(toInstant(nowMs))
    expect(await ask('shelters', thenMs)).toEqual(good)
  })

  it('is answered the same by the next start, before it was asked, and by one that finds it gone', async () => {
    await begin(configWith({})).answer(collectionOf('radar'), undefined)
    await expect.poll(() => heardOf('shelters'), patient).toBeGreaterThan(0)
    const asOf = toInstant(nowMs)
    const [shelters, radar] = [await ask('shelters', undefined, asOf), await ask('radar', undefined, asOf)]
    await features!.stop()
    await order({ do: 'stop', service: 'geo' })
    nowMs += 120_000
    begin(configWith({}))
    expect(await ask('shelters', undefined, asOf)).toEqual(shelters)
    expect(await ask('radar', undefined, asOf)).toEqual(radar)
    // What stood goes on being shown, with the age it has.
    expect(await ask('shelters')).toEqual(shelters)
  })

  it('has its timed collections read on their cadence, so that nobody need have looked', async () => {
    begin(configWith({}))
    await expect
      .poll(async () => (await features!.extent([collectionOf('radar')])).collections[0]?.from, patient)
      .toBe(toInstant(nowMs))
    const asOf = toInstant(nowMs)
    nowMs += 60_000
    await expect(ask('radar', undefined, asOf)).resolves.toMatchObject({ at: '2026-08-06T06:30:00Z' })
  })

  it('leaves no trace of bad answers: they are not what was known', async () => {
    await order({ do: 'fail', service: 'geo', status: 500 })
    begin(configWith({}))
    await expect.poll(() => features!.health()[0]?.state, patient).toMatch(/failing|open/)
    const { collections, bytes } = await features!.extent(configWith().collections)
    expect(collections.map(({ from }) => from)).toEqual([null, null, null])
    expect(bytes).toBe(0)
  })

  it('shows the present while nothing can be kept, says so once, and says when it is kept again', async () => {
    const kept = vi.spyOn(history, 'hear').mockRejectedValue(new Error('no space left on device'))
    begin(configWith({}))
    await expect.poll(() => heardOf('shelters'), patient).toBeGreaterThan(1)
    expect((await ask('shelters')).features.length).toBeGreaterThan(10)
    const notKept = 'what is heard of things with a place is not kept'
    expect(warned.filter((sentence) => sentence === notKept)).toHaveLength(1)
    kept.mockRestore()
    await expect.poll(() => said, patient).toContain('what is heard of things with a place is kept again')
  })

  it('is not taken for the past of another source that took its name', async () => {
    begin(configWith({}))
    await expect.poll(() => heardOf('shelters'), patient).toBeGreaterThan(0)
    const asOf = toInstant(nowMs)
    const real = { ...collectionOf('shelters'), provenance: 'real' as const }
    await expect(features!.answer(real, undefined, asOf)).rejects.toThrow(UnknownFeaturesError)
  })

  it('is forgotten where it grows too heavy, and that is told', async () => {
    const config = configWith({})
    begin({ ...config, history: { keep: 'P30D', maxBytes: 500 } })
    await expect.poll(() => warned.join(), patient).toContain('its oldest part was forgotten before its time')
    expect((await ask('shelters')).features.length).toBeGreaterThan(10)
  })
})

it('says when nothing was heard yet', async () => {
  await order({ do: 'stop', service: 'geo' })
  begin()
  await expect(ask('shelters')).rejects.toMatchObject({ later: true })
  expect(features!.health()[0]?.state).not.toBe('ok')
})
