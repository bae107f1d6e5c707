import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { absentIo } from '../../contracts/absent-io.ts'
import type { HttpAnswer, HttpRequest, Io } from '../../contracts/io.ts'
import { OgcFeaturesSettingsSchema, readItems } from './ogc-items.ts'

const baseUrl = 'http://geo.invalid/geo'
const settingsOf = (more: object = {}) => v.parse(OgcFeaturesSettingsSchema, { baseUrl, ...more })

function serving(answerOf: (url: URL, request: HttpRequest) => Partial<HttpAnswer> & { json?: unknown }) {
  const asked: HttpRequest[] = []
  const io: Io = {
    ...absentIo('a test'),
    async http(request) {
      asked.push(request)
      const { json, ...rest } = answerOf(new URL(request.url), request)
      const body = rest.body ?? JSON.stringify(json)
      return { status: 200, headers: {}, unchanged: false, sha256: `sha-${asked.length}`, ...rest, body }
    },
    file: () => Promise.reject(new Error('no files')),
    now: () => 0,
    random: () => 0.5,
    signal: new AbortController().signal,
    secret: () => 'very-secret-key',
    timeZone: 'Asia/Shanghai',
  }
  return { io, asked }
}
const collection = (ids: number[], more: object = {}) => ({
  json: { type: 'FeatureCollection', features: ids.map((id) => ({ id })), ...more },
})
const next = (href: string) => ({
  links: [
    { rel: 'self', href: 'x' },
    { rel: 'next', href },
  ],
})

describe('readItems', () => {
  it('asks for a collection at an instant and follows next links, relative and absolute', async () => {
    const { io, asked } = serving(({ searchParams }) => {
      const offset = searchParams.get('offset')
      if (offset === null) return collection([1, 2], { ...next('/geo/collections/a/items?offset=2') })
      if (offset === '2') return collection([3], next(`${baseUrl}/collections/a/items?offset=3`))
      return collection([4], { timeStamp: '2026-08-06T06:00:00Z' })
    })
    const items = await readItems(
      settingsOf({ pageSize: 2, asOfParameter: 'as-of' }),
      { path: '/collections/a', datetime: '2026-08-06T06:30:00Z', asOf: '2026-08-06T06:31:00Z' },
      io,
    )
    expect(items.features).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }])
    expect(items.rawSha256).toBe('sha-1,sha-2,sha-3')
    expect(items.resultTime).toBe('2026-08-06T06:00:00Z')
    expect(Object.fromEntries(new URL(asked[0]!.url).searchParams)).toEqual({
      limit: '2',
      datetime: '2026-08-06T06:30:00Z',
      'as-of': '2026-08-06T06:31:00Z',
    })
    expect(asked[0]?.headers?.['accept']).toContain('application/geo+json')
  })

  it('takes the statement time from resultTime before the time of the answer', async () => {
    const times = { resultTime: '2026-08-06T06:00:00Z', timeStamp: '2026-08-06T06:31:00Z' }
    const { io } = serving(() => collection([], times))
    expect((await readItems(settingsOf(), { path: '/a' }, io)).resultTime).toBe(times.resultTime)
  })

  it('says when all pages were unchanged', async () => {
    const { io } = serving(() => ({ ...collection([1]), unchanged: true }))
    expect((await readItems(settingsOf(), { path: '/a' }, io)).unchanged).toBe(true)
  })

  it.each([
    ['a circle', () => collection([1], next('/geo/a/items?limit=1000')), /was read/],
    ['another origin', () => collection([1], next('http://evil.invalid/')), /not this source/],
    ['no address', () => collection([1], next('http://')), /no address/],
    [
      'something that is no collection',
      () => ({ json: { type: 'Feature' } }),
      /not a feature collection: type/,
    ],
    ['HTML', () => ({ body: '<html>' }), /not JSON but HTML/],
    ['an error', () => ({ status: 503, json: {}, headers: { 'retry-after': '7' } }), /answered 503/],
    ['a redirect', () => ({ status: 302, json: {} }), /redirects are not followed/],
  ])('refuses %s', async (_, answerOf, reason) => {
    const { io } = serving(answerOf)
    await expect(readItems(settingsOf(), { path: '/a' }, io)).rejects.toThrow(reason)
  })

  it('tells how long a busy source wants to be left alone', async () => {
    const { io } = serving(() => ({ status: 429, json: {}, headers: { 'retry-after': '7' } }))
    await expect(readItems(settingsOf(), { path: '/a' }, io)).rejects.toMatchObject({ retryAfterMs: 7_000 })
  })

  it.each([
    ['pages', { maxPages: 3 }, /more than 3 pages/],
    ['features', { maxRows: 5 }, /more than 5 features/],
    ['bytes', { maxBytes: 2_000 }, /longer than 2000 bytes/],
  ])('stops at its cap of %s and says so', async (_, limits, reason) => {
    let page = 0
    const { io } = serving(() =>
      collection([1, 2, 3], { ...next(`?p=${(page += 1)}`), padding: 'x'.repeat(900) }),
    )
    await expect(readItems(settingsOf({ limits }), { path: '/a' }, io)).rejects.toThrow(reason)
  })

  it('keeps a key out of every sentence', async () => {
    const auth = { kind: 'api-key', in: 'query', name: 'key', keySecret: 'GEO_KEY' }
    const { io, asked } = serving((url) => ({ status: 500, json: url.href }))
    const failing = readItems(settingsOf({ auth }), { path: '/a' }, io)
    await expect(failing).rejects.not.toThrow(/very-secret-key/)
    expect(asked[0]?.url).toContain('key=very-secret-key')
  })
})
