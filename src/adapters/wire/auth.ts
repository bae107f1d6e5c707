import { createHash, createHmac } from 'node:crypto'
import * as v from 'valibot'
import type { Io } from '../../contracts/io.ts'
import { writeTime } from './city-time.ts'

export const SecretNameSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Z][A-Z0-9_]*$/, 'a secret is referred to by its NAME, never written here'),
)
const NameSchema = v.pipe(v.string(), v.nonEmpty())

/** How a source wants to know us. Secrets stand here by name; `Io.secret` turns a name into a value. */
export const AuthSchema = v.optional(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('none') }),
    v.strictObject({ kind: v.literal('basic'), user: NameSchema, passwordSecret: SecretNameSchema }),
    v.strictObject({ kind: v.literal('bearer'), tokenSecret: SecretNameSchema }),
    v.strictObject({
      kind: v.literal('api-key'),
      in: v.picklist(['header', 'query']),
      name: NameSchema,
      keySecret: SecretNameSchema,
    }),
    v.strictObject({
      kind: v.literal('signed'),
      appKeySecret: SecretNameSchema,
      signSecret: SecretNameSchema,
      algorithm: v.picklist(['hmac-sha256', 'hmac-sm3', 'sha256', 'sm3']),
      in: v.optional(v.picklist(['header', 'query']), 'header'),
      /** Names under which the platform expects each part. */
      names: v.strictObject({
        appKey: NameSchema,
        timestamp: NameSchema,
        nonce: v.optional(NameSchema),
        signature: NameSchema,
      }),
      timestamp: v.optional(v.picklist(['epoch-ms', 'epoch-s', 'YYYYMMDDHHmmss']), 'epoch-ms'),
      /** What is signed; of {appKey} {timestamp} {nonce} {method} {path} {query} {body} {secret}. A plain digest needs {secret} in it. */
      text: NameSchema,
      encoding: v.optional(v.picklist(['hex', 'HEX', 'base64']), 'hex'),
    }),
    v.strictObject({
      kind: v.literal('oauth2'),
      /** On the same origin as baseUrl. */
      tokenPath: v.pipe(v.string(), v.startsWith('/')),
      clientIdSecret: SecretNameSchema,
      clientSecret: SecretNameSchema,
      scope: v.optional(v.string()),
      /** Where the client's name and secret go: in the form, or as Basic. */
      client: v.optional(v.picklist(['body', 'basic']), 'body'),
    }),
  ]),
  { kind: 'none' },
)
export type Auth = v.InferOutput<typeof AuthSchema>

/** What the credentials add to a request. */
export interface Credentials {
  headers: Record<string, string>
  query: Record<string, string>
}

/** The parts of a request that a platform may want signed. */
export interface Signable {
  method: string
  path: string
  query: string
  body: string
}

const none: Credentials = { headers: {}, query: {} }

/** Credentials that need no round trip; OAuth2 tokens are oauth-token.ts. */
export function credentialsOf(
  auth: Exclude<Auth, { kind: 'oauth2' }>,
  request: Signable,
  io: Io,
  secret: (name: string) => string,
): Credentials {
  switch (auth.kind) {
    case 'none':
      return none
    case 'basic':
      return bearing(`Basic ${Buffer.from(`${auth.user}:${secret(auth.passwordSecret)}`).toString('base64')}`)
    case 'bearer':
      return bearing(`Bearer ${secret(auth.tokenSecret)}`)
    case 'api-key':
      return put(auth.in, { [auth.name]: secret(auth.keySecret) })
    case 'signed':
      return signed(auth, request, io, secret)
  }
}

export function bearing(authorization: string): Credentials {
  return { headers: { authorization }, query: {} }
}

function put(place: 'header' | 'query', fields: Record<string, string>): Credentials {
  return place === 'header' ? { headers: fields, query: {} } : { headers: {}, query: fields }
}

/** 国家/省数据共享交换平台 style: application key, time and nonce beside a signature over a declared text. */
function signed(
  auth: Extract<Auth, { kind: 'signed' }>,
  request: Signable,
  io: Io,
  secret: (name: string) => string,
): Credentials {
  const key = secret(auth.signSecret)
  const parts: Record<string, string> = {
    ...request,
    appKey: secret(auth.appKeySecret),
    timestamp: writeTime(new Date(io.now()).toISOString(), auth.timestamp, io.timeZone),
    nonce: Array.from({ length: 16 }, () => Math.floor(io.random() * 16).toString(16)).join(''),
    secret: key,
  }
  const text = auth.text.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole)
  const digest = auth.algorithm.startsWith('hmac-')
    ? createHmac(auth.algorithm.slice(5), key).update(text)
    : createHash(auth.algorithm).update(text)
  const hex = auth.encoding === 'base64' ? digest.digest('base64') : digest.digest('hex')
  return put(auth.in, {
    [auth.names.appKey]: parts['appKey']!,
    [auth.names.timestamp]: parts['timestamp']!,
    ...(auth.names.nonce === undefined ? {} : { [auth.names.nonce]: parts['nonce']! }),
    [auth.names.signature]: auth.encoding === 'HEX' ? hex.toUpperCase() : hex,
  })
}
