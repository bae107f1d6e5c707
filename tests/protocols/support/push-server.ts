import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** One event or message that the server remembers. */
interface Said {
  id: number
  payload: Record<string, unknown>
}

/**
 * A server that pushes, written from the standard (WHATWG HTML 9.2, RFC 6455), over real sockets: /events by SSE, /socket by
 * WebSocket. It remembers what it said and repeats what came after the place a listener names.
 */
export class PushServer {
  readonly heard: { lastEventId: string | undefined; authorization: string | undefined; texts: string[] }[] =
    []
  token: string | undefined
  private said: Said[] = []
  private nextId = 1
  private server: Server
  private readonly listeners = new Set<(said: Said) => void>()
  private readonly ends = new Set<() => void>()
  private port = 0

  constructor() {
    this.server = this.made()
  }

  async start(): Promise<void> {
    this.server = this.made()
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.server.address() as AddressInfo).port
  }

  get origin(): string {
    return `127.0.0.1:${this.port}`
  }

  say(payload: Record<string, unknown>): void {
    const said = { id: this.nextId, payload }
    this.nextId += 1
    this.said.push(said)
    for (const listener of this.listeners) listener(said)
  }

  /** As a process does that is killed: every socket is cut, what was said is remembered or, from `after` on, not. */
  async cut(forgetUpTo = 0): Promise<void> {
    this.said = this.said.filter(({ id }) => id > forgetUpTo)
    for (const end of this.ends) end()
    this.listeners.clear()
    this.ends.clear()
    await new Promise((resolve) => this.server.close(resolve))
  }

  /** Sockets stay open and nothing is said on them any more, not even a pong. */
  freeze(): void {
    this.listeners.clear()
  }

  private made(): Server {
    const server = createServer((request, response) => this.events(request, response))
    const sockets = new WebSocketServer({ noServer: true, autoPong: false })
    server.on('upgrade', (request, socket, head) => {
      if (!this.admits(request)) return socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n')
      sockets.handleUpgrade(request, socket, head, (talk) => this.talk(talk, request))
    })
    return server
  }

  private admits({ headers }: IncomingMessage): boolean {
    return this.token === undefined || headers.authorization === `Bearer ${this.token}`
  }

  private events(request: IncomingMessage, response: ServerResponse): void {
    if (!this.admits(request)) return void response.writeHead(401).end()
    if (request.url !== '/events')
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>')
    const lastEventId = request.headers['last-event-id'] as string | undefined
    this.heard.push({ lastEventId, authorization: request.headers.authorization, texts: [] })
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': here\nretry: 1234\n\n')
    const listener = ({ id, payload }: Said): void =>
      void response.write(`id: ${id}\nevent: figure\ndata: ${JSON.stringify(payload)}\n\n`)
    for (const said of this.said) if (said.id > Number(lastEventId ?? 0)) listener(said)
    this.listeners.add(listener)
    this.ends.add(() => response.socket?.destroy())
  }

  private talk(socket: WebSocket, request: IncomingMessage): void {
    const entry = {
      lastEventId: undefined,
      authorization: request.headers.authorization,
      texts: [] as string[],
    }
    this.heard.push(entry)
    const listener = ({ id, payload }: Said): void => socket.send(JSON.stringify({ seq: id, ...payload }))
    socket.send(JSON.stringify({ welcome: true }))
    socket.on('ping', () => {
      if (this.listeners.has(listener)) socket.pong()
    })
    socket.on('message', (bytes: Buffer) => {
      const text = bytes.toString()
      entry.texts.push(text)
      const { resume } = JSON.parse(text) as { resume?: { from: number } }
      for (const said of this.said) if (resume && said.id > resume.from) listener(said)
    })
    this.listeners.add(listener)
    this.ends.add(() => socket.terminate())
  }
}
