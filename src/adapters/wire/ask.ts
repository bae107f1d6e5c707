import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { HttpAnswer, Io } from '../../contracts/io.ts'
import { type Authorised, requestCredentials } from './credentials.ts'
import { forgetToken } from './oauth-token.ts'
import { expectGood } from './retry.ts'
import type { SecretKeeper } from './secrets.ts'

export interface Asking extends Authorised {
  headers: Record<string, string>
}

/**
 * A good answer to a GET, with the source's credentials, from its own origin only; else a SourceError. A token refused once is
 * fetched anew: the source may have forgotten it before its time.
 */
export async function askFor(
  source: Asking,
  url: string,
  accept: string,
  io: Io,
  keeper: SecretKeeper,
): Promise<HttpAnswer> {
  const shown = keeper.clean(`GET ${url}`).slice(0, 500)
  if (new URL(url).origin !== new URL(source.baseUrl).origin)
    throw new SourceError(`${shown} is not at this source's address`)
  let answer = await send(source, url, accept, io, keeper)
  if (answer.status === 401 && source.auth.kind === 'oauth2') {
    forgetToken(source)
    answer = await send(source, url, accept, io, keeper)
  }
  expectGood(answer, shown, io.now())
  if (answer.body.length > source.limits.maxBytes)
    throw new SourceError(`${shown}: the body is longer than ${source.limits.maxBytes} bytes`)
  return answer
}

async function send(
  source: Asking,
  address: string,
  accept: string,
  io: Io,
  keeper: SecretKeeper,
): Promise<HttpAnswer> {
  const request = { method: 'GET' as const, url: address }
  const { headers, query } = await requestCredentials(source, request, io, keeper)
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const { maxBytes, timeoutMs } = source.limits
  return io.http({
    ...request,
    url: url.href,
    headers: { accept, ...source.headers, ...headers },
    maxBytes,
    timeoutMs,
  })
}
