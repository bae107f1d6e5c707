import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { HttpAnswer, HttpRequest, Io } from '../../contracts/io.ts'
import { plainAddress } from './address.ts'
import { type Authorised, requestCredentials } from './credentials.ts'
import { retryAfterMs } from './retry.ts'
import type { SecretKeeper } from './secrets.ts'

/** The request with the source's limits and credentials. What is asked as an operator may see it is `plainAddress` of the first. */
export async function authorised(
  source: Authorised,
  request: HttpRequest,
  io: Io,
  keeper: SecretKeeper,
): Promise<HttpRequest> {
  const { maxBytes, timeoutMs } = source.limits
  const { headers, query } = await requestCredentials(source, request, io, keeper)
  const url = new URL(request.url)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return { ...request, url: url.href, headers: { ...request.headers, ...headers }, maxBytes, timeoutMs }
}

export interface Answered {
  /** What was asked, without secrets. */
  asked: string
  answer: HttpAnswer
}

/** Asks with the source's credentials; a longer body than its limits allow is an error that says so. */
export async function askSource(
  source: Authorised,
  request: HttpRequest,
  io: Io,
  keeper: SecretKeeper,
): Promise<Answered> {
  io.signal.throwIfAborted()
  const answer = await io.http(await authorised(source, request, io, keeper))
  const asked = keeper.clean(plainAddress(request))
  if (answer.body.length > source.limits.maxBytes)
    throw new SourceError(
      `${asked}: the body is longer than ${source.limits.maxBytes} bytes: narrow the query or raise limits.maxBytes`,
    )
  return { asked, answer }
}

/** What the server itself says is wrong, where a bad status comes with a sentence; one line of it, and no more than helps. */
export function refusedWith(answer: HttpAnswer, asked: string, why: string, nowMs: number): SourceError {
  const line = why
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300)
  const wait = retryAfterMs(answer.headers['retry-after'], nowMs)
  return new SourceError(`${asked}: refused (${answer.status}): ${line}`, wait)
}
