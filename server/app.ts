import type { IncomingMessage, ServerResponse } from 'node:http'
import { Hono } from 'hono'
import * as v from 'valibot'
import { type Asker, viewerOf } from './auth/viewer.ts'
import type { Gateway } from './gateway.ts'
import { openApiOf } from './openapi.ts'
import { ProblemError, problemResponse } from './problem.ts'
import { catalogue, regions } from './routes/catalogue.ts'
import { latest, lineage, series } from './routes/observations.ts'
import type { Route } from './routes/route.ts'
import { command, refusals, situation, sources } from './routes/situation.ts'

export const routes: readonly Route[] = [catalogue, regions, latest, series, lineage, situation, sources, refusals, command]

interface Bindings {
  incoming: IncomingMessage
  outgoing: ServerResponse
}

/** The HTTP side of the gateway: the route table, health, metrics and the description of itself. The stream is beside it. */
export function createApp(gateway: Gateway) {
  const app = new Hono<{ Bindings: Bindings }>()
  const openApi = openApiOf(routes)

  app.onError((cause) => {
    if (cause instanceof ProblemError) return problemResponse(cause.problem, cause.headers)
    const reference = Math.random().toString(36).slice(2, 10)
    gateway.log.warn('a request failed', { reference, reason: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
    return problemResponse({ type: 'about:blank', title: 'the gateway could not answer', status: 500, detail: `Look for ${reference} in the gateway's log.` })
  })
  app.notFound(() => problemResponse({ type: 'about:blank', title: 'no such address', status: 404 }))

  app.use('/api/*', async (c, next) => {
    if (!viewerOf(askerOf(c.env.incoming))) throw refusal()
    await next()
    c.res.headers.set('cache-control', 'no-store')
  })

  for (const route of routes) {
    app.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), async (c) => {
      const viewer = viewerOf(askerOf(c.env.incoming))
      if (!viewer) throw refusal()
      const query = v.safeParse(route.query, { ...c.req.query(), ...c.req.param() })
      if (!query.success) throw badQuery(query.issues)
      const body = route.body ? await readBody(c.req.raw) : undefined
      return c.json((await route.answer({ viewer, query: query.output, body, gateway })) as object)
    })
  }
  app.get('/api/openapi.json', (c) => c.json(openApi))
  app.get('/healthz', (c) => c.json(gateway.healthz(), gateway.healthz().status === 'ok' ? 200 : 503))
  app.get('/metrics', async (c) => {
    if (!viewerOf(askerOf(c.env.incoming))) throw refusal()
    return c.text(await gateway.metrics.text(), 200, { 'content-type': gateway.metrics.contentType })
  })
  return app
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

function refusal(): ProblemError {
  return new ProblemError(403, 'not allowed', { detail: 'Until sign-in is set up, the gateway answers only pages opened on its own machine.' })
}

function badQuery(issues: readonly v.BaseIssue<unknown>[]): ProblemError {
  return new ProblemError(422, 'a parameter is not right', {
    errors: issues.slice(0, 20).map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })),
  })
}

const longestBody = 256_000

async function readBody(request: Request): Promise<unknown> {
  // A foreign page can send a form or plain text across origins without asking first; JSON it cannot.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) throw new ProblemError(415, 'send application/json')
  if (Number(request.headers.get('content-length') ?? 0) > longestBody) throw new ProblemError(413, `the body is longer than ${longestBody} bytes`)
  const text = await request.text()
  if (text.length > longestBody) throw new ProblemError(413, `the body is longer than ${longestBody} bytes`)
  try {
    return JSON.parse(text)
  } catch {
    throw new ProblemError(400, 'the body is not JSON')
  }
}
