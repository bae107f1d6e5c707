import { type Server, createServer } from 'node:http'
import { type Socket, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Viewer } from '../auth/viewer.ts'
import { type Replay, Screens, type StreamEvent } from './screens.ts'

const viewer: Viewer = {
  id: 'v',
  scope: 'all',
  sees: () => true,
  maySend: () => true,
  tellsOfElsewhere: false,
}
const event = (sequence: number, size = 10): StreamEvent => ({
  sequence,
  name: 'observation',
  bodyFor: () => ({ sequence, text: 'x'.repeat(size) }),
})

let server: Server | undefined
const sockets: Socket[] = []
afterEach(async () => {
  sockets.splice(0).forEach((socket) => socket.destroy())
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
})

async function open(screens: Screens, after?: number, replay: Replay = async () => []) {
  if (!server?.listening) {
    server = createServer(
      (request, response) =>
        void screens.attach(request, response, viewer, after === undefined ? undefined : { after, replay }),
    )
    await new Promise<void>((resolve) => void server!.listen(0, '127.0.0.1', resolve))
  }
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1')
  sockets.push(socket)
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  return socket
}
const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]))

async function read(socket: Socket, until: (text: string) => boolean): Promise<string> {
  let text = ''
  for await (const chunk of socket) {
    text += String(chunk)
    if (until(text)) break
  }
  return text
}

test('a screen that resumes gets what it missed from the ring, then what is new, once each', async () => {
  const screens = new Screens(() => ({}))
  for (let n = 1; n <= 20; n++) screens.send(event(n))
  const socket = await open(screens, 12)
  const text = read(socket, (all) => all.includes('id: 25\n'))
  await expect.poll(() => screens.count()).toBe(1)
  for (let n = 21; n <= 25; n++) screens.send(event(n))
  expect(idsIn(await text)).toEqual([13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25])
  screens.close()
})

test('what is older than the ring comes from the log, or a reset when it is too much', async () => {
  const screens = new Screens(() => ({}))
  screens.send(event(100))
  const replayed = await read(
    await open(screens, 97, async (after) => [after + 1, after + 2, after + 3].map((n) => event(n))),
    (all) => all.includes('id: 100\n'),
  )
  expect(idsIn(replayed)).toEqual([98, 99, 100])
  screens.close()
  server!.closeAllConnections()
  await new Promise((resolve) => void server!.close(resolve))
  const late = new Screens(() => ({}))
  late.send(event(100_000))
  expect(await read(await open(late, 3, async () => undefined), (all) => all.includes('reset'))).toContain(
    'event: reset',
  )
  late.close()
})

test('a screen that does not read holds up nobody, and is told to start afresh when it has fallen behind', async () => {
  const screens = new Screens(() => ({}))
  const slow = await open(screens)
  await expect.poll(() => screens.count()).toBe(1)
  slow.pause()
  const quick = await open(screens)
  await expect.poll(() => screens.count()).toBe(2)
  let seen = 0
  quick.on('data', (chunk: Buffer) => (seen += chunk.toString().split('id: ').length - 1))
  for (let n = 1; n <= 6_000; n++) {
    screens.send(event(n, 4_000))
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await expect.poll(() => seen, { timeout: 10_000 }).toBeGreaterThanOrEqual(6_000)
  const text = read(slow, (all) => all.includes('event: reset'))
  slow.resume()
  expect(await text).toContain('event: reset')
  screens.close()
})
