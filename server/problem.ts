import type { Problem } from '../src/domain/wire.ts'

/** An answer that is not the wanted one, in the form of RFC 9457. Throw it anywhere below a route. */
export class ProblemError extends Error {
  readonly problem: Problem
  readonly headers: Record<string, string>
  constructor(
    status: number,
    title: string,
    more: {
      detail?: string
      errors?: Problem['errors']
      refused?: string
      headers?: Record<string, string>
    } = {},
  ) {
    super(title)
    this.problem = {
      type: 'about:blank',
      title,
      status,
      ...(more.detail === undefined ? {} : { detail: more.detail }),
      ...(more.errors === undefined ? {} : { errors: more.errors }),
      ...(more.refused === undefined ? {} : { refused: more.refused }),
    }
    this.headers = more.headers ?? {}
  }
}

export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
  })
}
