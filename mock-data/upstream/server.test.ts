import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoSeed } from '../simulator/seed.ts'
import { secretsForTests as secrets } from './direct-io.ts'
import { createUpstream } from './server.ts'

const nowMs = Date.parse('2026-08-06T14:32:08+08:00')
let server: Server
let base: string

async function open(control: boolean): Promise<void> {
  server = createUpstream({ now: () => nowMs, seed: demoSeed, secrets, control })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function close(): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

const key = { headers: { 'x-api-key': secrets.DEMO_API_KEY } }
const growth = '/stats/api/v1/indicators?indicator=MAC.GDP.GROWTH&page=1&size=50'

async function order(body: object): Promise<number> {
  return (await fetch(`${base}/control`, { method: 'POST', body: JSON.stringify(body) })).status
}

async function newest(path: string): Promise<number | null> {
  const body = (await (await fetch(base + path, key)).json()) as { data: { list: { sz: number | null }[] } }
  return body.data.list.at(-1)!.sz
}

describe('the demo upstream', () => {
  beforeEach(() => open(true))
  afterEach(close)

  it('keeps strangers out and answers its own with an ETag that spares the body', async () => {
    expect((await fetch(base + growth)).status).toBe(401)
    const first = await fetch(base + growth, key)
    expect(first.status).toBe(200)
    const again = await fetch(base + growth, {
      headers: { ...key.headers, 'if-none-match': first.headers.get('etag')! },
    })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('says a business error inside HTTP 200, and 400 for a window that is none', async () => {
    const unknown = await fetch(`${base}/stats/api/v1/indicators?indicator=MAC.NONE`, key)
    expect([unknown.status, ((await unknown.json()) as { code: number }).code]).toEqual([200, 40401])
    expect((await fetch(`${base}${growth}&from=yesterday&to=today`, key)).status).toBe(400)
  })

  it('pages without loss or repetition', async () => {
    const all: string[] = []
    for (let page = 1; page <= 30; page += 1) {
      const response = await fetch(
        `${base}/stats/api/v1/indicators?indicator=MAC.IND.VAI&page=${page}&size=37`,
        key,
      )
      const { data } = (await response.json()) as {
        data: { list: { xzqh: string; tjq: string }[]; total: number }
      }
      all.push(...data.list.map(({ xzqh, tjq }) => `${xzqh} ${tjq}`))
      if (all.length >= data.total) break
    }
    expect(all.length).toBeGreaterThan(300)
    expect(new Set(all).size).toBe(all.length)
  })

  it('changes a value on order, from the newest period on, and back', async () => {
    const before = await newest(growth)
    expect(await order({ do: 'override', indicator: 'MAC.GDP.GROWTH', value: 9.9 })).toBe(200)
    expect(await newest(growth)).toBe(9.9)
    expect(await order({ do: 'reset' })).toBe(200)
    expect(await newest(growth)).toBe(before)
    expect(await order({ do: 'override', indicator: 'NO.SUCH', value: 1 })).toBe(422)
  })

  it('fails and cuts the line on order', async () => {
    await order({ do: 'fail', service: 'stats', status: 503 })
    expect((await fetch(base + growth, key)).status).toBe(503)
    await order({ do: 'stop', service: '*' })
    await order({ do: 'stop', service: 'stats' })
    await expect(fetch(base + growth, key)).rejects.toThrow('fetch failed')
  })
})

describe('an upstream without tests', () => {
  beforeEach(() => open(false))
  afterEach(close)

  it('has no controls', async () => {
    expect(await order({ do: 'stop', service: '*' })).not.toBe(200)
    expect((await fetch(base + growth, key)).status).toBe(200)
  })
})
