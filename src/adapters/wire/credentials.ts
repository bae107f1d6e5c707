import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { HttpRequest, Io } from '../../contracts/io.ts'
import { type Auth, type Credentials, bearing, credentialsOf } from './auth.ts'
import { oauthToken } from './oauth-token.ts'
import type { SecretKeeper } from './secrets.ts'

export interface Authorised {
  baseUrl: string
  auth: Auth
  limits: { maxBytes: number; timeoutMs: number }
}

/** What a request needs to be let in, a token fetched first where the source wants one. */
export async function requestCredentials(
  source: Authorised,
  request: HttpRequest,
  io: Io,
  keeper: SecretKeeper,
): Promise<Credentials> {
  const { auth, limits } = source
  if (auth.kind === 'oauth2') {
    const { maxBytes, timeoutMs } = limits
    const url = new URL(auth.tokenPath, source.baseUrl).href
    if (new URL(url).origin !== new URL(source.baseUrl).origin)
      throw new SourceError(`${auth.tokenPath} leads out of the source's address`)
    return bearing(`Bearer ${await oauthToken(source, auth, url, { maxBytes, timeoutMs }, io, keeper)}`)
  }
  const { pathname, search } = new URL(request.url)
  return credentialsOf(
    auth,
    { method: request.method, path: pathname, query: search.slice(1), body: request.body ?? '' },
    io,
    keeper.secret,
  )
}
