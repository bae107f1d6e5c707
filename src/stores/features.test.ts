import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { catalogueWith } from '../../tests/support/wire-fixtures.ts'
import { readFeatures } from '../client/gateway.ts'
import { GatewayError } from '../client/http.ts'
import { toInstant } from '../domain/instant.ts'
import type { FeatureAnswer, MapFeature } from '../domain/map-feature.ts'
import type { CollectionCard } from '../domain/wire.ts'
import { useCatalogue } from './catalogue.ts'
import { useClock } from './clock.ts'
import { tellFeatureNews } from './feature-news.ts'
import { useFeatures } from './features.ts'
import { useSession } from './session.ts'

vi.mock('../client/gateway.ts')
const asked = vi.mocked(readFeatures)
const start = Date.parse('2026-08-06T06:32:00Z')
const minute = 60_000

const card = (id: string, more: Partial<CollectionCard> = {}): CollectionCard => ({
  id,
  name: { zh: id },
  source: 'geo',
  poll: 'PT1M',
  provenance: 'synthetic',
  department: 'statistics',
  critical: false,
  ...more,
})
const place = (id: string, time?: [number, number]): MapFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [125.3, 43.9] },
  ...(time ? { time: { interval: [toInstant(time[0]), toInstant(time[1])] } } : {}),
  properties: { name: id },
})
function answerWith(part: Partial<FeatureAnswer> = {}): FeatureAnswer {
  const now = toInstant(clockMs)
  return {
    collection: 'shelters',
    at: now,
    source: 'geo',
    provenance: 'synthetic',
    resultTime: now,
    receivedAt: now,
    hash: 'first',
    features: [place('a')],
    refused: [],
    ...part,
  }
}

let clockMs = start
/** The page's second hand; the clock itself runs on the monotonic clock. */
async function passTo(ms: number): Promise<void> {
  clockMs = ms
  useClock().nowMs = ms
  await settle()
}
const live = () => useClock().minuteMs
async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await nextTick()
}

beforeEach(async () => {
  setActivePinia(createPinia())
  clockMs = start
  useClock().nowMs = start
  useCatalogue().accept(
    catalogueWith({
      collections: [
        card('shelters'),
        card('radar', { step: 'PT6M', past: 'PT1H', ahead: 'PT2H' }),
        card('wind', { step: 'PT10M' }),
      ],
    }),
  )
  asked.mockReset()
  asked.mockImplementation(async ({ collection, at }) => answerWith({ collection, ...(at ? { at } : {}) }))
  await settle()
})
afterEach(() => vi.restoreAllMocks())

describe('a standing collection', () => {
  it('is asked for only while it is wanted, once for all who want it', async () => {
    const features = useFeatures()
    await settle()
    expect(asked).not.toHaveBeenCalled()
    expect(features.view('shelters')).toMatchObject({ state: 'loading', features: [] })
    const releases = [features.want(['shelters'], start), features.want(['shelters'], start)]
    await settle()
    expect(asked.mock.calls.map(([query]) => query)).toEqual([
      { collection: 'shelters', at: undefined, asOf: undefined },
    ])
    expect(features.view('shelters')).toMatchObject({
      state: 'ready',
      forecast: false,
      provenance: 'synthetic',
    })
    expect(features.view('shelters').features.map(({ id }) => id)).toEqual(['a'])
    releases.forEach((release) => release())
    await settle()
    expect(features.note('shelters')).toBeUndefined()
    await passTo(start + 10 * minute)
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('is asked again when the stream tells of another hash, and only ages anew when it is the same', async () => {
    const features = useFeatures()
    features.want(['shelters'], live)
    await settle()
    const drawn = features.view('shelters').features
    await passTo(start + minute)
    const news = { collection: 'shelters', at: toInstant(clockMs), receivedAt: toInstant(clockMs) }
    tellFeatureNews({ ...news, hash: 'first' })
    await settle()
    expect(asked).toHaveBeenCalledTimes(1)
    expect(features.note('shelters')?.receivedMs).toBe(start + minute)
    expect(features.view('shelters').features).toBe(drawn)
    asked.mockImplementationOnce(async () => answerWith({ hash: 'second', features: [place('b')] }))
    tellFeatureNews({ ...news, hash: 'second' })
    await settle()
    expect(features.view('shelters').features.map(({ id }) => id)).toEqual(['b'])
  })

  it('grows late and then missing while nothing is heard, keeps what was last good, and recovers', async () => {
    const features = useFeatures()
    features.want(['shelters'], live)
    await settle()
    const stale = answerWith()
    asked.mockImplementation(async () => stale)
    const states: string[] = []
    for (const ms of [70_000, 71_000, 6 * minute, 6 * minute + 1_000]) {
      await passTo(start + ms)
      states.push(features.view('shelters').state)
    }
    expect(states).toEqual(['ready', 'late', 'late', 'missing'])
    expect(features.view('shelters').features.map(({ id }) => id)).toEqual(['a'])
    asked.mockImplementation(async () => answerWith())
    await passTo(start + 7 * minute)
    expect(features.view('shelters').state).toBe('ready')
  })

  it('shows what has begun and not ended at the instant of the map', async () => {
    const interval: [number, number] = [start + minute, start + 2 * minute]
    asked.mockImplementation(async () => answerWith({ features: [place('a'), place('b', interval)] }))
    const features = useFeatures()
    let release = features.want(['shelters'], start)
    await settle()
    const idsAt = async (atMs: number) => {
      release()
      release = features.want(['shelters'], atMs)
      await settle()
      return features.view('shelters').features.map(({ id }) => id)
    }
    expect(await idsAt(start)).toEqual(['a'])
    expect(await idsAt(start + minute)).toEqual(['a', 'b'])
    expect(await idsAt(start + 2 * minute)).toEqual(['a'])
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('is asked for what held at a past instant', async () => {
    const features = useFeatures()
    features.want(['shelters'], start - 30 * minute)
    await settle()
    expect(asked.mock.calls[0]?.[0]).toEqual({
      collection: 'shelters',
      at: '2026-08-06T06:02:00Z',
      asOf: undefined,
    })
  })

  it('stands for a time to come as it is now, which is no forecast; a timed one does not', async () => {
    const features = useFeatures()
    features.want(['shelters', 'radar'], () => live() + 60 * minute)
    await settle()
    const [shelters, radar] = [features.view('shelters'), features.view('radar')]
    expect([shelters.features.length, shelters.standing, shelters.forecast]).toEqual([1, true, false])
    expect(radar.standing).toBe(false)
  })

  it('stands as it was told for now and for what has been', async () => {
    const features = useFeatures()
    features.want(['shelters'], live)
    await settle()
    expect(features.view('shelters').standing).toBe(false)
    features.want(['shelters'], () => live() - 60 * minute)
    await settle()
    expect(features.view('shelters').standing).toBe(false)
  })

  it('is asked again once the stream is back, because news are not repeated', async () => {
    const features = useFeatures()
    features.want(['shelters'], start)
    await settle()
    useSession().link('reconnecting')
    await settle()
    useSession().link('live')
    await settle()
    expect(asked).toHaveBeenCalledTimes(2)
  })
})

describe('a timed collection', () => {
  it('is asked for each step as the minute reaches it, and is a forecast after the source spoke', async () => {
    const features = useFeatures()
    let release = features.want(['radar'], start)
    await settle()
    expect(asked.mock.lastCall?.[0].at).toBe('2026-08-06T06:30:00Z')
    release()
    asked.mockImplementation(async ({ at }) =>
      answerWith({ collection: 'radar', at: at!, resultTime: '2026-08-06T06:30:00Z' }),
    )
    release = features.want(['radar'], start + 60 * minute)
    await settle()
    expect(asked.mock.lastCall?.[0].at).toBe('2026-08-06T07:30:00Z')
    expect(features.view('radar')).toMatchObject({ state: 'ready', forecast: true })
    release()
  })

  it('says nothing of an instant it does not cover, and asks nothing', async () => {
    const features = useFeatures()
    features.want(['wind', 'radar'], start + 180 * minute)
    await settle()
    expect(asked).not.toHaveBeenCalled()
    expect(features.view('wind')).toMatchObject({ state: 'missing', features: [] })
  })

  it('keeps the picture while the next instant is on its way, and drops it when nothing comes', async () => {
    const features = useFeatures()
    const release = features.want(['radar'], start)
    await settle()
    expect(features.view('radar').state).toBe('ready')
    let refuse: (cause: unknown) => void = () => {}
    asked.mockImplementation(async () => await new Promise<never>((_, fail) => (refuse = fail)))
    release()
    features.want(['radar'], start - 30 * minute)
    await settle()
    expect(features.view('radar').state).toBe('loading')
    expect(features.view('radar').features).toHaveLength(1)
    refuse(new GatewayError('nothing is known of that time', 404))
    await settle()
    expect(features.view('radar')).toMatchObject({ state: 'missing', features: [] })
    expect(features.note('radar')?.error).toBe('nothing is known of that time')
  })

  it('lets the newest step stand, as late, while a live one cannot be read', async () => {
    const features = useFeatures()
    features.want(['radar'], live)
    await settle()
    expect(features.view('radar').state).toBe('ready')
    asked.mockRejectedValue(new GatewayError('the source has not answered yet', 503))
    await passTo(start + 6 * minute)
    expect(features.view('radar')).toMatchObject({ state: 'late' })
    expect(features.view('radar').features).toHaveLength(1)
    await passTo(start + 40 * minute)
    expect(features.view('radar')).toMatchObject({ state: 'missing', features: [] })
  })

  it('gives up a question nobody waits for any more', async () => {
    const signals: (AbortSignal | undefined)[] = []
    asked.mockImplementation(async (_, signal) => {
      signals.push(signal)
      return await new Promise<never>(() => {})
    })
    const features = useFeatures()
    const release = features.want(['radar'], start)
    await settle()
    release()
    features.want(['radar'], start - 30 * minute)
    await settle()
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, false])
  })
})

describe('a page that stands at a past instant', () => {
  it('tells what was heard long before that instant as late then, what was unknown as missing, and the rest as ready', async () => {
    const asOfMs = Date.parse('2026-08-06T05:00:00Z')
    useClock().standAt(toInstant(asOfMs))
    const features = useFeatures()
    const stateAfter = async (silenceMs: number) => {
      asked.mockImplementation(async () => answerWith({ receivedAt: toInstant(asOfMs - silenceMs) }))
      useCatalogue().accept(catalogueWith({ collections: [card('shelters')], hash: String(silenceMs) }))
      await settle()
      return features.note('shelters')?.state
    }
    features.want(['shelters'], asOfMs)
    expect(await stateAfter(minute)).toBe('ready')
    expect(await stateAfter(4 * minute)).toBe('late')
    expect(await stateAfter(60 * minute)).toBe('missing')
    asked.mockRejectedValue(new Error('nothing is known of that time'))
    useCatalogue().accept(catalogueWith({ collections: [card('shelters')], hash: 'unknown' }))
    await settle()
    expect(features.note('shelters')).toMatchObject({ state: 'missing', error: expect.any(String) })
  })

  it('asks as of that instant, and nothing there grows old', async () => {
    useClock().standAt('2026-08-06T05:00:00Z')
    const features = useFeatures()
    features.want(['shelters', 'radar'], Date.parse('2026-08-06T05:00:00Z'))
    await settle()
    expect(asked.mock.calls.map(([query]) => query)).toEqual([
      { collection: 'shelters', at: undefined, asOf: '2026-08-06T05:00:00Z' },
      { collection: 'radar', at: '2026-08-06T05:00:00Z', asOf: '2026-08-06T05:00:00Z' },
    ])
    expect(features.view('shelters').state).toBe('ready')
  })
})

it('knows nothing of a collection that is not this viewer’s', async () => {
  const features = useFeatures()
  features.want(['secret'], start)
  await settle()
  expect(asked).not.toHaveBeenCalled()
  expect(features.view('secret').state).toBe('missing')
  expect(features.note('secret')).toBeUndefined()
})

it('starts afresh with an edited city', async () => {
  const features = useFeatures()
  features.want(['shelters'], start)
  await settle()
  useCatalogue().accept(catalogueWith({ collections: [], hash: 'edited' }))
  await settle()
  expect(features.view('shelters')).toMatchObject({ state: 'missing', features: [] })
})

it('is asked for each half of a comparison at that half’s own instant, and the map keeps its own answer', async () => {
  const features = useFeatures()
  const beforeMs = start - 3 * 86_400_000
  const stop = features.want(['shelters'], beforeMs, 'left')
  features.want(['shelters'], live)
  await settle()
  expect(asked.mock.calls.map(([question]) => question.at)).toEqual([toInstant(beforeMs), undefined])
  asked.mockImplementation(async () => answerWith({ hash: 'second', features: [place('b')] }))
  tellFeatureNews({
    collection: 'shelters',
    at: toInstant(start),
    receivedAt: toInstant(start),
    hash: 'second',
  })
  await settle()
  const ids = (lane: '' | 'left') => features.view('shelters', lane).features.map(({ id }) => id)
  expect([ids(''), ids('left')]).toEqual([['b'], ['a']])
  stop()
  await settle()
  expect([ids(''), features.note('shelters')?.answer?.hash]).toEqual([['b'], 'second'])
})
