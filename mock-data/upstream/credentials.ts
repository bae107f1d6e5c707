import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** The demo's secrets, made by the launcher at each start and handed to both sides by environment. */
export interface Secrets {
  DEMO_API_KEY: string
  DEMO_BEARER: string
  DEMO_APP_SECRET: string
  DEMO_CLIENT_SECRET: string
}

export interface Asked {
  path: string
  query: URLSearchParams
  headers: Readonly<Record<string, string | undefined>>
}

type Check = (asked: Asked, nowMs: number, secrets: Secrets) => boolean

const fiveMinutesMs = 300_000
const tokenLifeMs = 600_000

function same(given: string | null | undefined, wanted: string): boolean {
  const [a, b] = [given ?? '', wanted].map((text) => createHash('sha256').update(text).digest()) as [
    Buffer,
    Buffer,
  ]
  return timingSafeEqual(a, b)
}

const bearer: Check = ({ headers }, _now, secrets) =>
  same(headers['authorization'], `Bearer ${secrets.DEMO_BEARER}`)

/** Application key, time and a signature over both; a time more than five minutes off is refused, as exchange platforms do. */
const hmacHeaders: Check = ({ headers }, nowMs, secrets) => {
  const [key, time, nonce] = ['x-app-key', 'x-timestamp', 'x-nonce'].map((name) => headers[name] ?? '')
  if (Math.abs(Number(time) - nowMs) > fiveMinutesMs || !nonce) return false
  const wanted = createHmac('sha256', secrets.DEMO_APP_SECRET).update(`${key}${time}${nonce}`).digest('hex')
  return same(key, secrets.DEMO_API_KEY) && same(headers['x-signature'], wanted)
}

const digestQuery: Check = ({ query }, _now, secrets) => {
  const [key, time] = [query.get('appid') ?? '', query.get('t') ?? '']
  const wanted = createHash('sha256')
    .update(`${key}${time}${secrets.DEMO_APP_SECRET}`)
    .digest('hex')
    .toUpperCase()
  return /^\d{14}$/.test(time) && same(key, secrets.DEMO_API_KEY) && same(query.get('sign'), wanted)
}

/** How each service, by the first part of its path, wants to know who asks. */
const checks: Readonly<Record<string, Check>> = {
  stats: ({ headers }, _now, secrets) => same(headers['x-api-key'], secrets.DEMO_API_KEY),
  finance: bearer,
  industry: hmacHeaders,
  hotline: ({ headers }, nowMs, secrets) =>
    [0, 1].some((back) =>
      same(headers['authorization'], `Bearer ${tokenOf(nowMs - back * tokenLifeMs, secrets)}`),
    ),
  ecology: ({ query }, _now, secrets) => same(query.get('appid'), secrets.DEMO_API_KEY),
  emergency: bearer,
  fire: ({ headers }, _now, secrets) =>
    same(
      headers['authorization'],
      `Basic ${Buffer.from(`citydeck:${secrets.DEMO_APP_SECRET}`).toString('base64')}`,
    ),
  weather: ({ headers }, _now, secrets) => same(headers['apikey'], secrets.DEMO_API_KEY),
  hydrology: () => true,
  power: digestQuery,
  government: bearer,
  health: bearer,
  lifeline: bearer,
  geo: ({ headers }, _now, secrets) => same(headers['x-api-key'], secrets.DEMO_API_KEY),
}

export function mayAsk(asked: Asked, nowMs: number, secrets: Secrets): boolean {
  const check = checks[asked.path.split('/')[1] ?? '']
  // An unknown service is answered 404 by whoever looks for it, not 401.
  return check === undefined || check(asked, nowMs, secrets)
}

/** Token of the ten minutes around the instant; it is derived, so the server keeps none. */
function tokenOf(nowMs: number, secrets: Secrets): string {
  return createHmac('sha256', secrets.DEMO_CLIENT_SECRET)
    .update(`token ${Math.floor(nowMs / tokenLifeMs)}`)
    .digest('base64url')
}

/** Client credentials grant (RFC 6749 §4.4): the form of POST /hotline/oauth/token. */
export function grantToken(
  form: URLSearchParams,
  nowMs: number,
  secrets: Secrets,
): { status: number; body: Record<string, string | number> } {
  if (form.get('grant_type') !== 'client_credentials')
    return { status: 400, body: { error: 'unsupported_grant_type' } }
  const known =
    same(form.get('client_id'), secrets.DEMO_API_KEY) &&
    same(form.get('client_secret'), secrets.DEMO_CLIENT_SECRET)
  if (!known) return { status: 401, body: { error: 'invalid_client' } }
  return {
    status: 200,
    body: { access_token: tokenOf(nowMs, secrets), token_type: 'Bearer', expires_in: tokenLifeMs / 1000 },
  }
}
