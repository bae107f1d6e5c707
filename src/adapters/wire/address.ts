import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { HttpRequest } from '../../contracts/io.ts'

/** Where a source is: everything is asked on this origin, below this path. `${NAME}` in it is filled from the environment when the city is read. */
export const BaseUrlSchema = v.pipe(
  v.string(),
  v.url(),
  v.regex(/^https?:\/\/[^?#@]+$/, 'http(s) without user, query or fragment'),
)

/** Below baseUrl, whatever the path says. */
export function addressOf(baseUrl: string, path: string): string {
  const base = new URL(baseUrl.replace(/\/*$/, '/'))
  const url = new URL(base.href.slice(0, -1) + path)
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname))
    throw new SourceError(`${path} leads out of the source's address`)
  return url.href
}

/** What was asked, as an operator may see it: credentials are added later and never stand in it. */
export function plainAddress(request: HttpRequest): string {
  return `${request.method} ${request.url}${request.body === undefined ? '' : ` ${request.body}`}`.slice(
    0,
    500,
  )
}
