import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { HttpAnswer } from '../../contracts/io.ts'

/** Server's clock minus ours, from its Date header (whole seconds); null when it tells none. */
export function clockSkewMs(answer: HttpAnswer, nowMs: number): number | null {
  const date = Date.parse(answer.headers['date'] ?? '')
  return Number.isNaN(date) ? null : date - nowMs
}

/** The wait a source named: seconds or a date (RFC 9110 §10.2.3). Waiting is the runner's work, never an adapter's. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1_000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs)
}

/** Throws what an operator must know when the status says there is no answer to read. `asked` carries no secret. */
export function expectGood(answer: HttpAnswer, asked: string, nowMs: number): void {
  const { status } = answer
  if (status >= 200 && status < 300) return
  const wait = retryAfterMs(answer.headers['retry-after'], nowMs)
  if (status === 429) throw new SourceError(`${asked}: too many requests (429)`, wait)
  if (status >= 300 && status < 400)
    throw new SourceError(`${asked}: sent elsewhere (${status}), redirects are not followed`)
  if (status === 401 || status === 403)
    throw new SourceError(`${asked}: not let in (${status}), check the source's secrets and rights`)
  throw new SourceError(`${asked}: answered ${status}`, wait)
}
