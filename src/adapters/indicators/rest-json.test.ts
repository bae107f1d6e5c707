import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { absentIo } from '../../contracts/absent-io.ts'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { HttpAnswer, HttpRequest, Io } from '../../contracts/io.ts'
import type { Reading } from '../../domain/reading.ts'
import restJson from './rest-json.ts'

const window = { from: '2026-08-01T00:00:00+08:00', to: '2026-08-06T14:32:00+08:00' }
const now = Date.UTC(2026, 7, 6, 6, 32)
const row = { region: '220100', time: '2026-08-05', value: '1,234.5' }
const fields = {
  region: { field: '$.region' },
  time: { field: '$.time', format: 'day' },
  value: { field: '$.value' },
  unit: '1',
}

function answer(body: unknown, part: Partial<HttpAnswer> = {}): HttpAnswer {
  return {
    status: 200,
    headers: {},
    body: typeof body === 'string' ? body : JSON.stringify(body),
    unchanged: false,
    sha256: 'a'.repeat(64),
    ...part,
  }
}

function world(
  reply: (request: HttpRequest, nth: number) => HttpAnswer,
  clock: { nowMs: number } = { nowMs: now },
) {
  const requests: HttpRequest[] = []
  const io: Io = {
    ...absentIo('a test'),
    http: async (request) => reply(request, requests.push(request)),
    file: () => Promise.reject(new SourceError('no files')),
    now: () => clock.nowMs,
    random: () => 0.5,
    signal: new AbortController().signal,
    secret: (name) => `secret-of-${name}`,
    timeZone: 'Asia/Shanghai',
  }
  return { io, requests }
}

const settingsOf = (part: object = {}) =>
  v.parse(restJson.settings, { baseUrl: 'http://recorded.invalid/api', ...part })
const mappingOf = (part: object = {}) =>
  v.parse(restJson.mapping, { path: '/rows', rows: '$.data[*]', fields, ...part })

async function read(io: Io, settings = settingsOf(), mapping = mappingOf()): Promise<Reading[]> {
  const readings: Reading[] = []
  for await (const page of restJson.read(settings, mapping, window, io)) readings.push(...page.readings)
  return readings
}

describe('rest-json', () => {
  it('writes the window into path, query and body in the declared format', async () => {
    const { io, requests } = world(() => answer({ data: [] }))
    await read(
      io,
      settingsOf(),
      mappingOf({
        path: '/rows/{from}',
        method: 'POST',
        query: { to: '{to}' },
        body: { end: '{to}', n: 1 },
        windowFormat: 'YYYY-MM-DD HH:mm:ss',
      }),
    )
    const { url, body } = requests[0]!
    expect(decodeURIComponent(new URL(url).pathname)).toBe('/api/rows/2026-08-01 00:00:00')
    expect(new URL(url).searchParams.get('to')).toBe('2026-08-06 14:32:00')
    expect(JSON.parse(body!)).toEqual({ end: '2026-08-06 14:32:00', n: 1 })
  })

  it('tells where a value came from, without the key it was asked with', async () => {
    const { io, requests } = world(() => answer({ data: [row] }))
    const [reading] = await read(
      io,
      settingsOf({ auth: { kind: 'api-key', in: 'query', name: 'k', keySecret: 'KEY' } }),
    )
    expect(requests[0]!.url).toContain('k=secret-of-KEY')
    expect(reading).toMatchObject({
      value: 1234.5,
      at: { label: '2026-08-05' },
      lineage: { request: 'GET http://recorded.invalid/api/rows', rawSha256: 'a'.repeat(64) },
    })
    expect(reading?.lineage.steps).toContainEqual({ step: 'number', detail: '"1,234.5" = 1234.5' })
  })

  it('gives the oldest first, however the source sorts', async () => {
    const { io } = world(() => answer({ data: [row, { ...row, time: '2026-08-03' }] }))
    expect((await read(io)).map(({ at }) => at)).toEqual([{ label: '2026-08-03' }, { label: '2026-08-05' }])
  })

  it('takes a business error inside 200 for the failure it is, in the source’s words but without its secrets', async () => {
    const settings = settingsOf({
      auth: { kind: 'bearer', tokenSecret: 'T' },
      ok: { path: '$.code', values: [0], message: '$.msg' },
    })
    const { io } = world(() => answer({ code: 40301, msg: 'token secret-of-T 无效', data: [row] }))
    await expect(read(io, settings)).rejects.toThrow('the source says "40301" at $.code, "token *** 无效"')
    await expect(read(world(() => answer({ data: [row] })).io, settings)).rejects.toThrow(
      'says nothing at $.code',
    )
  })

  it.each([
    ['30', 30_000],
    [new Date(now + 90_000).toUTCString(), 90_000],
    ['soon', undefined],
  ])('passes on Retry-After: %s', async (header, wait) => {
    const { io } = world(() => answer('', { status: 429, headers: { 'retry-after': header } }))
    await expect(read(io)).rejects.toMatchObject({ name: 'SourceError', retryAfterMs: wait })
  })

  it('ends with an error, never with a silent cut, at its caps of rows, pages and bytes', async () => {
    const endless = world((_, nth) => answer({ data: [row], next: String(nth) }))
    const paging = { kind: 'cursor', parameter: 'c', next: '$.next' }
    await expect(read(endless.io, settingsOf({ paging, limits: { maxPages: 3 } }))).rejects.toThrow(
      'more than 3 pages',
    )
    expect(endless.requests).toHaveLength(3)
    await expect(
      read(world(() => answer({ data: [row, row, row] })).io, settingsOf({ limits: { maxRows: 2 } })),
    ).rejects.toThrow('more than 2 rows')
    await expect(
      read(world(() => answer(' '.repeat(2_000))).io, settingsOf({ limits: { maxBytes: 1_024 } })),
    ).rejects.toThrow('longer than 1024 bytes')
  })

  it('stays below its address', async () => {
    const { io, requests } = world(() => answer({ data: [row] }))
    for (const path of ['/../admin', '/%2e%2e/admin'])
      await expect(read(io, settingsOf(), mappingOf({ path }))).rejects.toThrow('leads out of')
    expect(requests).toEqual([])
  })

  it('keeps an OAuth2 token until shortly before its end, and fetches a new one when it is refused', async () => {
    const settings = settingsOf({
      auth: { kind: 'oauth2', tokenPath: '/token', clientIdSecret: 'ID', clientSecret: 'SECRET' },
    })
    const clock = { nowMs: now }
    let refuse = false
    const { io, requests } = world((request, nth) => {
      if (request.url.endsWith('/token')) return answer({ access_token: `token-${nth}`, expires_in: 600 })
      if (!refuse) return answer({ data: [row] })
      refuse = false
      return answer('', { status: 401 })
    }, clock)
    const tokens = () => requests.filter(({ url }) => url.endsWith('/token')).length
    await read(io, settings)
    await read(io, settings)
    expect(tokens()).toBe(1)
    clock.nowMs += 580_000
    await read(io, settings)
    expect(tokens()).toBe(2)
    refuse = true
    expect(await read(io, settings)).toHaveLength(1)
    expect(tokens()).toBe(3)
    expect(requests.at(-1)?.headers?.['authorization']).toMatch(/^Bearer token-\d+$/)
  })

  it('tells how far the source’s clock is off', async () => {
    const { io } = world(() => answer('', { headers: { date: new Date(now - 598_000).toUTCString() } }))
    expect(await restJson.probe(settingsOf(), io)).toEqual({
      reachable: true,
      detail: 'answered 200',
      clockSkewMs: -598_000,
    })
  })

  it('refuses a mapping whose JSONPath is none, and a secret written out', () => {
    expect(v.safeParse(restJson.mapping, { path: '/rows', rows: '$.data[', fields }).success).toBe(false)
    expect(
      v.safeParse(restJson.settings, {
        baseUrl: 'http://a',
        auth: { kind: 'bearer', tokenSecret: 'eyJhbGciOi' },
      }).success,
    ).toBe(false)
  })
})
