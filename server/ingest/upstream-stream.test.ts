import { once } from 'node:events'
import { type RequestListener, type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { createUpstreamStream } from './upstream-stream.ts'

const servers: Server[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const never = new AbortController().signal

test('an answer is read as it comes, not when it is over', async () => {
  let more = (): void => undefined
  const origin = await serving((request, response) => {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'X-Last': request.headers['last-event-id'],
    })
    response.write('data: 1\n\n')
    more = () => response.end('data: 2\n\n')
  })
  const open = createUpstreamStream(new Set([origin]))
  const headers = { 'last-event-id': '7' }
  const stream = await open({ method: 'GET', url: `${origin}/events`, headers }, never)
  expect(stream).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'x-last': '7' },
  })
  const seen: string[] = []
  for await (const chunk of stream.chunks) {
    seen.push(Buffer.from(chunk).toString())
    more()
  }
  expect(seen).toEqual(['data: 1\n\n', 'data: 2\n\n'])
})

test('goes to the addresses of the settings only, and follows no redirect', async () => {
  const elsewhere = await serving((_, response) => response.end('inside'))
  const origin = await serving((_, response) => response.writeHead(302, { location: elsewhere }).end())
  const open = createUpstreamStream(new Set([origin]))
  await expect(open({ method: 'GET', url: elsewhere }, never)).rejects.toThrow(
    'is not an address of this source',
  )
  expect((await open({ method: 'GET', url: origin }, never)).status).toBe(302)
})

test('silence, too many bytes and a broken line end it with a sentence', async () => {
  const origin = await serving(({ url }, response) => {
    response.write('0123456789')
    if (url === '/broken') setImmediate(() => response.destroy())
  })
  const open = createUpstreamStream(new Set([origin]))
  const read = async (path: string, limits: { timeoutMs?: number; maxBytes?: number }) => {
    const stream = await open({ method: 'GET', url: `${origin}${path}`, ...limits }, never)
    for await (const chunk of stream.chunks) expect(chunk.byteLength).toBe(10)
  }
  await expect(read('/silent', { timeoutMs: 50 })).rejects.toThrow(`${origin} was silent for 0.05 s`)
  await expect(read('/long', { maxBytes: 9 })).rejects.toThrow(`${origin} sent more than 9 bytes`)
  await expect(read('/broken', {})).rejects.toThrow(`${origin} broke off`)
  const mute = await serving(() => undefined)
  const asked = createUpstreamStream(new Set([mute]))({ method: 'GET', url: mute, timeoutMs: 50 }, never)
  await expect(asked).rejects.toThrow(`${mute} was silent for 0.05 s`)
})

test('a reader that takes its time is no silence, and a stopped source reads no more', async () => {
  const origin = await serving((_, response) => response.write('0'))
  const stop = new AbortController()
  const open = createUpstreamStream(new Set([origin]))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const stream = await open({ method: 'GET', url: origin, timeoutMs: 200 }, stop.signal)
  const chunks = stream.chunks[Symbol.asyncIterator]()
  await chunks.next()
  vi.advanceTimersByTime(300)
  const next = chunks.next()
  stop.abort()
  await expect(next).rejects.toThrow('aborted')
})
