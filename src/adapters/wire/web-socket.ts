import { isIP } from 'node:net'
import type { RawData, WebSocket } from 'ws'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'

export interface SocketTerms {
  /** ws://host:port/path or wss://… */
  address: string
  headers: Readonly<Record<string, string>>
  timeoutMs: number
  /** Nothing for so long, not even an answer to a ping, and it is dead. */
  deadAfterMs: number
  maxMessageBytes: number
}

export interface Talk {
  send(text: string): void
  close(): void
  /** What ended it; never undefined, because the other side is not meant to end it. */
  ended: Promise<SourceError>
}

/** An open WebSocket, to the address that the allow-list let through. Each message goes to `take` as it comes. */
export async function openTalk(terms: SocketTerms, io: Io, take: (bytes: Uint8Array) => void): Promise<Talk> {
  const { WebSocket: Socket } = await import('ws')
  const { origin } = new URL(terms.address)
  const { host, port, servername } = await io.reach(terms.address)
  io.signal.throwIfAborted()
  const url = new URL(terms.address)
  const named = url.host
  url.hostname = host.includes(':') ? `[${host}]` : host
  url.port = String(port)
  const socket = new Socket(url, {
    headers: { ...terms.headers, host: named },
    // Passed on to TLS, whose options the type leaves out.
    ...(isIP(servername) === 0 ? ({ servername } as object) : {}),
    handshakeTimeout: terms.timeoutMs,
    maxPayload: terms.maxMessageBytes,
    perMessageDeflate: false,
    followRedirects: false,
  })
  const abort = (): void => socket.terminate()
  io.signal.addEventListener('abort', abort, { once: true })
  socket.once('close', () => io.signal.removeEventListener('abort', abort))
  const ended = endOf(socket, origin)
  const beat = watch(socket, terms.deadAfterMs)
  socket.on('message', (data) => take(bytesOf(data)))
  socket.once('close', () => clearInterval(beat))
  const opened = await Promise.race([
    new Promise<true>((resolve) => socket.once('open', () => resolve(true))),
    ended,
  ])
  io.signal.throwIfAborted()
  if (opened !== true) throw opened
  return { send: (text) => socket.send(text), close: () => socket.terminate(), ended }
}

function endOf(socket: WebSocket, origin: string): Promise<SourceError> {
  return new Promise((resolve) => {
    let fault: string | undefined
    socket.once('unexpected-response', (request, { statusCode }) => {
      const why =
        statusCode === 401 || statusCode === 403 ? 'not let in, check the source’s secrets' : 'no WebSocket'
      fault = `${why} (${statusCode})`
      request.destroy()
      socket.terminate()
    })
    socket.on('error', ({ message }) => (fault ??= message))
    socket.once('close', (code, reason) => {
      const said = reason
        .toString()
        .replace(/\p{Cc}/gu, ' ')
        .slice(0, 100)
      resolve(new SourceError(`${origin} broke off: ${fault ?? `${code}${said && ` ${said}`}`}`))
    })
  })
}

/** Asks three times in the time agreed, and ends what has answered none. */
function watch(socket: WebSocket, deadAfterMs: number): NodeJS.Timeout {
  let unanswered = 0
  const heard = (): void => void (unanswered = 0)
  for (const sign of ['message', 'ping', 'pong', 'open'] as const) socket.on(sign, heard)
  return setInterval(() => {
    unanswered += 1
    if (unanswered > 3) {
      socket.emit('error', new Error(`silent for ${deadAfterMs / 1_000} s`))
      socket.terminate()
    } else if (socket.readyState === socket.OPEN) socket.ping()
  }, deadAfterMs / 3)
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
