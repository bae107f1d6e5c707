import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { HttpRequest, Io } from '../../contracts/io.ts'
import type { Auth } from './auth.ts'
import { parseJson } from './json-path.ts'
import { expectGood } from './retry.ts'
import type { SecretKeeper } from './secrets.ts'

type Client = Extract<Auth, { kind: 'oauth2' }>

const TokenSchema = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  expires_in: v.optional(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))]),
    300,
  ),
})

// Keyed by the parsed settings: a changed city file is a new source and starts without a token.
const tokens = new WeakMap<object, { token: string; until: number }>()

/** Renewed this long before it ends, so that a slow page does not outlive it. */
const marginMs = 30_000

/** A token of the client credentials grant (RFC 6749 §4.4), kept until shortly before it ends. */
export async function oauthToken(
  source: object,
  auth: Client,
  url: string,
  limits: Pick<HttpRequest, 'timeoutMs' | 'maxBytes'>,
  io: Io,
  keeper: SecretKeeper,
): Promise<string> {
  const kept = tokens.get(source)
  if (kept && io.now() < kept.until) return keeper.note(kept.token)
  const answer = await io.http({ method: 'POST', url, ...tokenForm(auth, keeper), ...limits })
  expectGood(answer, `POST ${url}`, io.now())
  const read = v.safeParse(TokenSchema, parseJson(answer.body))
  if (!read.success) throw new SourceError(`POST ${url}: the answer holds no access_token`)
  const { access_token: token, expires_in: seconds } = read.output
  tokens.set(source, { token, until: io.now() + Math.max(0, seconds * 1_000 - marginMs) })
  return keeper.note(token)
}

export function forgetToken(source: object): void {
  tokens.delete(source)
}

function tokenForm(auth: Client, keeper: SecretKeeper): Pick<HttpRequest, 'headers' | 'body'> {
  const id = keeper.secret(auth.clientIdSecret)
  const secret = keeper.secret(auth.clientSecret)
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(auth.scope === undefined ? {} : { scope: auth.scope }),
  })
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  }
  if (auth.client === 'basic')
    headers['authorization'] =
      `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`
  else
    for (const [name, value] of [
      ['client_id', id],
      ['client_secret', secret],
    ] as const)
      form.set(name, value)
  return { headers, body: form.toString() }
}
