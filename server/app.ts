import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import * as v from 'valibot'
import { type Asker, type Viewer, viewerOf } from './auth/viewer.ts'
import type { Gateway } from './gateway.ts'
import type { Log } from './log.ts'
import { openApiOf } from './openapi.ts'
import { ProblemError, problemResponse } from './problem.ts'
import { catalogue, regions } from './routes/catalogue.ts'
import { featureHistory, features } from './routes/features.ts'
import { pack, packDifference, packs } from './routes/packs.ts'
import { latest, lineage, series } from './routes/observations.ts'
import type { Route } from './routes/route.ts'
import { command, refusals, situation, sources } from './routes/situation.ts'
import { StoreUnavailableError, StoreWriteError, isFull } from './store/storage-errors.ts'

export const routes: readonly Route[] = [
  catalogue,
  regions,
  packs,
  pack,
  packDifference,
  latest,
  series,
  lineage,
  featureHistory,
  features,
  situation,
  sources,
  refusals,
  command,
]

interface Env {
  Bindings: { incoming: IncomingMessage; outgoing: ServerResponse }
}

/** The HTTP side of the gateway: the route table, health, metrics and the description of itself. The stream is beside it. */
export function createApp(gateway: Gateway) {
  const app = new Hono<Env>()
  const openApi = openApiOf(routes)
  app.use(compress())
  app.onError((cause) => responseTo(cause, gateway.log))
  app.notFound(() => problemResponse({ type: 'about:blank', title: 'no such address', status: 404 }))
  for (const route of routes) {
    app.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), (c) => answer(c, route, gateway))
  }
  app.get('/api/openapi.json', (c) => {
    viewerOrRefuse(c, gateway)
    return c.json(openApi)
  })
  app.get('/healthz', async (c) => {
    const health = await gateway.healthz()
    return c.json(health, health.status === 'ok' ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    viewerOrRefuse(c, gateway)
    return c.text(await gateway.metrics.text(), 200, { 'content-type': gateway.metrics.contentType })
  })
  return app
}

async function answer(c: Context<Env>, route: Route, gateway: Gateway): Promise<Response> {
  const viewer = viewerOrRefuse(c, gateway)
  const query = v.safeParse(route.query, { ...c.req.query(), ...c.req.param() })
  if (!query.success) {
    throw new ProblemError(422, 'a parameter is not right', {
      errors: query.issues
        .slice(0, 20)
        .map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })),
    })
  }
  const body = route.body ? await readBody(c.req.raw) : undefined
  const found = await route.answer({ viewer, query: query.output, body, gateway })
  if (found instanceof Response) return found
  return c.json(found as object, 200, { 'cache-control': 'no-store' })
}

export function askerOf(request: IncomingMessage): Asker {
  return {
    remoteAddress: request.socket.remoteAddress,
    header: (name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
  }
}

function viewerOrRefuse(c: Context<Env>, { simulatorToken }: Gateway): Viewer {
  const viewer = viewerOf(askerOf(c.env.incoming), simulatorToken)
  if (viewer) return viewer
  throw new ProblemError(403, 'not allowed', {
    detail: 'Until sign-in is set up, the gateway answers only pages opened on its own machine.',
  })
}

const longestBody = 256_000

async function readBody(request: Request): Promise<unknown> {
  // A foreign page can send a form or plain text across origins without asking first; JSON it cannot.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new ProblemError(415, 'send application/json')
  }
  const tooLong = new ProblemError(413, `the body is longer than ${longestBody} bytes`)
  if (Number(request.headers.get('content-length') ?? 0) > longestBody) throw tooLong
  const chunks: Uint8Array[] = []
  let bytes = 0
  // A body without a length is counted as it comes, so that an endless one is never gathered.
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes <= longestBody) chunks.push(chunk)
    // Read to its end and dropped, so that the answer arrives; who goes on and on is hung up on.
    else if (bytes > 10 * longestBody) throw tooLong
  }
  if (bytes > longestBody) throw tooLong
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new ProblemError(400, 'the body is not JSON')
  }
}

function responseTo(cause: unknown, log: Log): Response {
  if (cause instanceof ProblemError) return problemResponse(cause.problem, cause.headers)
  if (cause instanceof StoreWriteError) {
    const full = isFull(cause.code)
    return problemResponse({
      type: 'about:blank',
      title: full ? 'the store is full' : 'the store could not write',
      status: full ? 507 : 503,
      detail: 'Nothing was recorded. Make room or repair the store, then send it again.',
    })
  }
  if (cause instanceof StoreUnavailableError) {
    const detail = 'Ask again in a moment.'
    return problemResponse({
      type: 'about:blank',
      title: 'the store does not answer now',
      status: 503,
      detail,
    })
  }
  const reference = Math.random().toString(36).slice(2, 10)
  const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  log.warn('a request failed', { reference, reason })
  const detail = `Look for ${reference} in the gateway's log.`
  return problemResponse({ type: 'about:blank', title: 'the gateway could not answer', status: 500, detail })
}
