import * as v from 'valibot'

const SecretNameSchema = v.pipe(
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
