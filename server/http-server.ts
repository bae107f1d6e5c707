import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { askerOf, createApp } from './app.ts'
import { viewerOf } from './auth/viewer.ts'
import type { Gateway } from './gateway.ts'
import { problemResponse } from './problem.ts'
import { securityHeaders, serveFiles } from './static-files.ts'

/** One port for everything: the routes, the stream on the bare socket, and the built app. */
export function createHttpServer(gateway: Gateway, clientFolder: string): Server {
  const api = getRequestListener(createApp(gateway).fetch)
  const files = serveFiles(clientFolder)
  return createServer((request: IncomingMessage, response: ServerResponse) => {
    securityHeaders(response)
    const url = new URL(request.url ?? '/', 'http://gateway')
    if (url.pathname === '/api/stream' && request.method === 'GET') {
      void openStream(request, response, url, gateway)
    } else if (/^\/(api\/|healthz$|metrics$)/.test(url.pathname)) {
      void api(request, response)
    } else {
      files(request, response, () => void api(request, response))
    }
  })
}

async function openStream(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { screens, replay, simulatorToken }: Gateway,
): Promise<void> {
  const viewer = viewerOf(askerOf(request), simulatorToken)
  if (!viewer) {
    const problem = problemResponse({ type: 'about:blank', title: 'not allowed', status: 403 })
    response.writeHead(403, Object.fromEntries(problem.headers)).end(await problem.text())
    return
  }
  // After a break the browser itself says how far it got; that stands above where the page once started.
  const asked = String(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? '')
  const resume = /^\d{1,15}$/.test(asked) ? { after: Number(asked), replay } : undefined
  await screens.attach(request, response, viewer, resume)
}
