import type { GenericSchema, InferOutput } from 'valibot'
import type { Viewer } from '../auth/viewer.ts'
import type { Gateway } from '../gateway.ts'

/** One entry of the route table: registered, described in /api/openapi.json and tested from the same line. */
export interface Route<Q extends GenericSchema = GenericSchema> {
  method: 'GET' | 'POST'
  /** OpenAPI form: /api/indicators/{code}/series */
  path: string
  summary: string
  /** Path and query parameters together. */
  query: Q
  body?: GenericSchema
  answer(asked: { viewer: Viewer; query: InferOutput<Q>; body: unknown; gateway: Gateway }): Promise<unknown>
}

export function defineRoute<Q extends GenericSchema>(route: Route<Q>): Route {
  return route
}
