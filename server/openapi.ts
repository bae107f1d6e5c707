import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import type { Route } from './routes/route.ts'

/** OpenAPI 3.1 description, made from the route table, so it cannot name a route that is not there. */
export function openApiOf(routes: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const inPath = new Set([...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
    const query = schemaOf(route.query) as { properties?: Record<string, unknown>; required?: string[] }
    ;(paths[route.path] ??= {})[route.method.toLowerCase()] = {
      summary: route.summary,
      parameters: Object.entries(query.properties ?? {}).map(([name, schema]) => ({
        name,
        in: inPath.has(name) ? 'path' : 'query',
        required: inPath.has(name) || (query.required ?? []).includes(name),
        schema,
      })),
      ...(route.body
        ? {
            requestBody: {
              required: true,
              content: { 'application/json': { schema: schemaOf(route.body) } },
            },
          }
        : {}),
      responses: {
        200: { description: 'the answer', content: { 'application/json': {} } },
        default: { description: 'RFC 9457 problem', content: { 'application/problem+json': {} } },
      },
    }
  }
  paths['/api/stream'] = {
    get: {
      summary:
        'Server-sent events: observation, alarm, warning, incident, mode, features, catalogue, heartbeat (15 s); reset asks for a fresh snapshot',
      parameters: [{ name: 'after', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }],
      responses: {
        200: { description: 'the stream; id is the global sequence', content: { 'text/event-stream': {} } },
      },
    },
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Citydeck gateway',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
  }
}

// Parameters arrive as text and are converted; the description shows the text's form.
function schemaOf(schema: GenericSchema): unknown {
  return toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' })
}
