import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answer } from './answer.ts'
import { Controls } from './controls.ts'
import { grantToken, mayAsk, type Secrets } from './credentials.ts'

export interface UpstreamOptions {
  now(): number
  seed: string
  secrets: Secrets
  /** Opens /control for tests. */
  control: boolean
}

const longestBody = 65_536

/** The demo city's departments on one port, each under its own path. */
export function createUpstream(options: UpstreamOptions): Server {
  const controls = new Controls()
  const server = createServer((request, response) => {
    serve(request, response, options, controls).catch((cause: unknown) => {
      if (!response.headersSent)
        send(response, 500, { error: cause instanceof Error ? cause.message : 'failed' })
      else response.destroy()
    })
  })
  server.keepAliveTimeout = 30_000
  return server
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: UpstreamOptions,
  controls: Controls,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://upstream')
  const nowMs = options.now()
  response.setHeader('date', new Date(nowMs).toUTCString())
  if (options.control && url.pathname === '/control' && request.method === 'POST') {
    const told = controls.obey(await bodyOf(request), nowMs, options.seed)
    return send(response, told.status, told.body)
  }
  const trouble = controls.troubleOf(url.pathname.split('/')[1] ?? '')
  if (trouble?.stopped) return void request.socket.destroy()
  if (trouble && trouble.stallMs > 0) await new Promise((resolve) => setTimeout(resolve, trouble.stallMs))
  if (trouble?.status !== undefined)
    return send(response, trouble.status, { error: 'the service is out of order' })
  if (request.method === 'POST' && url.pathname === '/hotline/oauth/token') {
    const granted = grantToken(new URLSearchParams(await bodyOf(request)), nowMs, options.secrets)
    return send(response, granted.status, granted.body)
  }
  if (request.method !== 'GET') return send(response, 405, { error: 'only GET' })
  const headers = request.headers as Record<string, string | undefined>
  if (!mayAsk({ path: url.pathname, query: url.searchParams, headers }, nowMs, options.secrets))
    return send(response, 401, { error: 'unauthorized' })
  const told = answer(url.pathname, url.searchParams, nowMs, options.seed, controls.override)
  send(response, told.status, told.body, { ...told.headers }, headers['if-none-match'])
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  known?: string,
): void {
  const text = JSON.stringify(body)
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  if (status === 200 && known === tag) {
    response.writeHead(304, { ...headers, etag: tag }).end()
    return
  }
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
    ...(status === 200 ? { etag: tag } : {}),
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > longestBody) throw new Error('the body is too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
