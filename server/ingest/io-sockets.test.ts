import { once } from 'node:events'
import { type AddressInfo, type Server, connect as dial, createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import { addressesIn } from './address.ts'
import { connect, listen, reach } from './io-sockets.ts'

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

async function serving(answer: (text: string) => string): Promise<string> {
  const server = createServer((socket) => socket.on('data', (bytes) => socket.end(answer(bytes.toString()))))
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A port that nobody listens on now. */
async function freeAddress(): Promise<string> {
  const address = await serving(() => '')
  servers.pop()!.close()
  return address
}

/** Dials until somebody listens. */
async function dialled(address: string): Promise<ReturnType<typeof dial>> {
  const { hostname, port } = new URL(address)
  for (;;) {
    const socket = dial(Number(port), hostname)
    const there = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    if (there) return socket.on('error', () => undefined)
  }
}

const never = new AbortController().signal
const allow = (address: string) => addressesIn([address])

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts).toString()
}

describe('a connection of a source', () => {
  it('carries bytes both ways and ends where the other side ends', async () => {
    const address = await serving((text) => text.toUpperCase())
    const stream = await connect(address, allow(address), never)
    await stream.write(Buffer.from('hello'))
    expect(await textOf(stream.chunks)).toBe('HELLO')
  })

  it('goes nowhere but to the addresses of the settings', async () => {
    const address = await serving(() => '')
    await expect(connect(address, allow('tcp://127.0.0.1:1'), never)).rejects.toThrow(
      'is not an address of this source',
    )
    await expect(reach(address, new Set())).rejects.toThrow(SourceError)
    const { port } = new URL(address)
    const broker = `mqtt://localhost:${port}`
    await expect(connect(broker, allow(broker), never)).rejects.toThrow('tcp or tls only')
    expect(await reach(broker, allow(broker))).toEqual({
      host: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
      port: Number(port),
      servername: 'localhost',
    })
  })

  it('says in a sentence that nobody answers, or that no certificate came', async () => {
    const address = await freeAddress()
    await expect(connect(address, allow(address), never)).rejects.toThrow(
      `${address} did not answer: ECONNREFUSED`,
    )
    const plain = (await serving(() => 'no handshake')).replace('tcp:', 'tls:')
    await expect(connect(plain, allow(plain), never)).rejects.toThrow(/did not answer: /)
  })

  it('is over when the source is stopped, also in the midst of waiting', async () => {
    const address = await serving(() => 'never asked')
    const stop = new AbortController()
    const stream = await connect(address, allow(address), stop.signal)
    const reading = textOf(stream.chunks)
    stop.abort()
    await expect(reading).rejects.toThrow('aborted')
  })
})

describe('devices that dial in', () => {
  it('come one after the other, are answered, and are hung up on when the loop is left', async () => {
    const address = await freeAddress()
    const dialling = dialled(address)
    for await (const device of listen(address, allow(address), never)) {
      const logger = await dialling
      expect(device.peer).toBe(`127.0.0.1:${logger.localPort}`)
      logger.write('##0101')
      expect(await textOf(firstOf(device.chunks))).toBe('##0101')
      break
    }
    await once(await dialling, 'close')
    expect(await serving(() => '')).toMatch(/^tcp:/)
  })

  it('are refused with a sentence where the port is taken', async () => {
    const address = await serving(() => '')
    const devices = listen(address, allow(address), never)
    await expect(devices[Symbol.asyncIterator]().next()).rejects.toThrow(
      `${address} cannot be listened on: EADDRINUSE`,
    )
  })

  it('are hung up on once the source is stopped, and no more are waited for', async () => {
    const address = await freeAddress()
    const stop = new AbortController()
    const devices = listen(address, allow(address), stop.signal)[Symbol.asyncIterator]()
    const first = devices.next()
    const device = await dialled(address)
    await first
    const second = devices.next()
    stop.abort()
    await expect(second).rejects.toThrow('aborted')
    await once(device, 'close')
  })
})

async function* firstOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk
    return
  }
}
