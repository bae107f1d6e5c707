import { lookup } from 'node:dns/promises'
import { on } from 'node:events'
import { type Socket, connect as connectPlain, createServer, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ByteStream } from '../../src/contracts/byte-stream.ts'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import { type Address, addressText, allowedAddress } from './address.ts'

const connectPatienceMs = 15_000
/** Devices that may be dialled in to one source at once. */
const mostDevices = 256

interface Reached {
  host: string
  port: number
  servername: string
}

/** Resolved once: what is connected to is what was looked at. */
export async function reach(text: string, allowed: ReadonlySet<string>): Promise<Reached> {
  const { host: servername, port, scheme } = allowedAddress(text, allowed)
  try {
    const { address: host } = await lookup(servername)
    return { host, port, servername }
  } catch (cause) {
    throw new SourceError(
      `${addressText({ scheme, host: servername, port })} has no address: ${codeOf(cause)}`,
    )
  }
}

export async function connect(
  text: string,
  allowed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ByteStream> {
  const address = allowedAddress(text, allowed)
  if (address.scheme !== 'tcp' && address.scheme !== 'tls')
    throw new SourceError(`${addressText(address)} cannot be connected to: tcp or tls only`)
  const reached = await reach(text, allowed)
  signal.throwIfAborted()
  const socket = await connected(address, reached, signal)
  return streamOf(socket, addressText(address), signal)
}

function connected(address: Address, reached: Reached, signal: AbortSignal): Promise<Socket> {
  const { host, port, servername } = reached
  const name = isIP(servername) === 0 ? { servername } : {}
  const secure = address.scheme === 'tls'
  const socket = secure ? connectTls({ host, port, ...name }) : connectPlain({ host, port })
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      socket.destroy()
      reject(new SourceError(`${addressText(address)} did not answer: ${reason}`))
    }
    const abort = (): void => {
      socket.destroy()
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', abort, { once: true })
    socket.setTimeout(connectPatienceMs, () => fail(`silent for ${connectPatienceMs / 1000} s`))
    socket.once('error', (cause) => fail(codeOf(cause)))
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', abort)
      socket.setTimeout(0).removeAllListeners('timeout').removeAllListeners('error')
      resolve(socket)
    })
  })
}

/** Connections from outside, one after the other as they come. A second listener on the port is an error that says so. */
export async function* listen(
  text: string,
  allowed: ReadonlySet<string>,
  signal: AbortSignal,
): AsyncGenerator<ByteStream & { peer: string }> {
  const address = allowedAddress(text, allowed)
  if (address.scheme !== 'tcp')
    throw new SourceError(`${addressText(address)} cannot be listened on: tcp only`)
  const server = createServer({ pauseOnConnect: false })
  server.maxConnections = mostDevices
  const open = new Set<Socket>()
  const dialled = on(server, 'connection', { signal })
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.listen({ host: address.host, port: address.port })
  try {
    for await (const [socket] of dialled as AsyncIterable<[Socket]>) {
      const peer = `${socket.remoteAddress ?? 'unknown'}:${socket.remotePort ?? 0}`
      yield { ...streamOf(socket, peer, signal), peer }
    }
  } catch (cause) {
    signal.throwIfAborted()
    throw new SourceError(`${addressText(address)} cannot be listened on: ${codeOf(cause)}`)
  } finally {
    server.close()
    for (const socket of open) socket.destroy()
  }
}

function streamOf(socket: Socket, name: string, signal: AbortSignal): ByteStream {
  const abort = (): void => void socket.destroy()
  signal.addEventListener('abort', abort, { once: true })
  socket.once('close', () => signal.removeEventListener('abort', abort))
  // Without a listener, a reset between two reads would end the process.
  socket.on('error', () => undefined)
  return {
    chunks: readable(socket, name, signal),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (cause) => {
          if (!cause) resolve()
          else reject(new SourceError(`${name} broke off: ${codeOf(cause)}`))
        })
      }),
    close: () => void socket.destroy(),
  }
}

async function* readable(socket: Socket, name: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) yield chunk
  } catch (cause) {
    signal.throwIfAborted()
    // Closed by ourselves is an end like any other.
    if (codeOf(cause) !== 'ERR_STREAM_PREMATURE_CLOSE')
      throw new SourceError(`${name} broke off: ${codeOf(cause)}`)
  }
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown'
  return (cause as NodeJS.ErrnoException).code ?? cause.message
}
