import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { HttpAnswer, HttpRequest, Io } from '../../contracts/io.ts'
import { InstantSchema } from '../../domain/instant.ts'
import { BaseUrlSchema, addressOf, plainAddress } from './address.ts'
import { AuthSchema } from './auth.ts'
import { requestCredentials } from './credentials.ts'
import { parseJson } from './json-path.ts'
import { LimitsSchema } from './limits.ts'
import { forgetToken } from './oauth-token.ts'
import { expectGood } from './retry.ts'
import { type SecretKeeper, secretKeeper } from './secrets.ts'

/** A server of OGC API – Features, as its `settings` stand in features.yaml. */
export const OgcFeaturesSettingsSchema = v.strictObject({
  /** The landing page; collections are asked below it. */
  baseUrl: BaseUrlSchema,
  auth: AuthSchema,
  headers: v.optional(v.record(v.string(), v.string()), {}),
  /** Features a page; the server may give fewer (/req/core/fc-limit-response-1). */
  pageSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 1_000),
  /** Query parameter by which the server answers as it would have at a past instant. The standard has none. */
  asOfParameter: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z][\w-]*$/))),
  limits: LimitsSchema,
})
export type OgcFeaturesSettings = v.InferOutput<typeof OgcFeaturesSettingsSchema>

export interface ItemsAsk {
  /** /collections/shelters */
  path: string
  /** RFC 3339; features without a time match every instant (/req/core/fc-time-response). */
  datetime?: string | undefined
  asOf?: string | undefined
}

export interface Items {
  /** As they came: what they hold is checked by whoever knows the collection. */
  features: unknown[]
  /** When the source made the statement: `resultTime`, else `timeStamp`, else unknown. */
  resultTime: string | undefined
  /** True when every page was the one kept from before (304). */
  unchanged: boolean
  /** Of the pages' bytes. */
  rawSha256: string
  bytes: number
}

const PageSchema = v.object({
  type: v.literal('FeatureCollection'),
  features: v.array(v.unknown()),
  links: v.optional(v.array(v.object({ rel: v.optional(v.string()), href: v.string() })), []),
  resultTime: v.optional(InstantSchema),
  timeStamp: v.optional(InstantSchema),
})
type Page = v.InferOutput<typeof PageSchema>

/**
 * Every feature of a collection at an instant: `GET {base}{path}/items` of OGC API – Features Part 1 (17-069r4 §7.15), page
 * after page by its `next` links, which must stay on the source's origin. Throws SourceError for what the source did wrong
 * as a whole; a cap reached is an error that says so, never a silent cut.
 */
export async function readItems(settings: OgcFeaturesSettings, ask: ItemsAsk, io: Io): Promise<Items> {
  const keeper = secretKeeper(io)
  try {
    return await readPages(settings, firstAddress(settings, ask), io, keeper)
  } catch (cause) {
    throw keeper.cleanError(cause)
  }
}

async function readPages(
  settings: OgcFeaturesSettings,
  first: string,
  io: Io,
  keeper: SecretKeeper,
): Promise<Items> {
  const { maxPages, maxRows, maxBytes } = settings.limits
  const items: Items = { features: [], resultTime: undefined, unchanged: true, rawSha256: '', bytes: 0 }
  const asked = new Set<string>()
  for (let url: string | undefined = first; url !== undefined;) {
    io.signal.throwIfAborted()
    if (asked.has(url)) throw new SourceError('the link to the next page leads to a page that was read')
    if (asked.size >= maxPages) throw new SourceError(`more than ${maxPages} pages: raise limits.maxPages`)
    asked.add(url)
    const answer = await send(settings, { method: 'GET', url }, io, keeper)
    const page = pageOf(answer, keeper.clean(`GET ${url}`), io.now())
    items.features.push(...page.features)
    items.bytes += answer.body.length
    if (items.features.length > maxRows)
      throw new SourceError(`more than ${maxRows} features: raise limits.maxRows`)
    // The cap is on the whole answer: pages of a permitted size each could fill the memory together.
    if (items.bytes > maxBytes) throw new SourceError(`the answer is longer than ${maxBytes} bytes`)
    items.resultTime ??= page.resultTime ?? page.timeStamp
    items.unchanged &&= answer.unchanged
    items.rawSha256 = items.rawSha256 === '' ? answer.sha256 : `${items.rawSha256},${answer.sha256}`
    url = nextAddress(page, url)
  }
  return items
}

function firstAddress(settings: OgcFeaturesSettings, { path, datetime, asOf }: ItemsAsk): string {
  const url = new URL(addressOf(settings.baseUrl, `${path}/items`))
  url.searchParams.set('limit', String(settings.pageSize))
  if (datetime !== undefined) url.searchParams.set('datetime', datetime)
  if (asOf !== undefined && settings.asOfParameter !== undefined)
    url.searchParams.set(settings.asOfParameter, asOf)
  return url.href
}

function pageOf(answer: HttpAnswer, asked: string, nowMs: number): Page {
  expectGood(answer, asked, nowMs)
  const read = v.safeParse(PageSchema, parseJson(answer.body))
  if (read.success) return read.output
  const [issue] = read.issues
  throw new SourceError(`${asked}: not a feature collection: ${v.getDotPath(issue) ?? ''} ${issue.message}`)
}

function nextAddress({ links }: Page, from: string): string | undefined {
  const target = links.find(({ rel }) => rel === 'next')?.href
  if (target === undefined) return undefined
  if (!URL.canParse(target, from)) throw new SourceError('the link to the next page is no address')
  const url = new URL(target, from)
  if (url.origin !== new URL(from).origin)
    throw new SourceError(`the link to the next page leads to ${url.origin}, which is not this source`)
  return url.href
}

/** Sends with credentials. A token refused once is fetched anew: the source may have forgotten it before its time. */
async function send(
  settings: OgcFeaturesSettings,
  request: HttpRequest,
  io: Io,
  keeper: SecretKeeper,
): Promise<HttpAnswer> {
  const answer = await sendOnce(settings, request, io, keeper)
  if (answer.status !== 401 || settings.auth.kind !== 'oauth2') return answer
  forgetToken(settings)
  return await sendOnce(settings, request, io, keeper)
}

async function sendOnce(
  settings: OgcFeaturesSettings,
  request: HttpRequest,
  io: Io,
  keeper: SecretKeeper,
): Promise<HttpAnswer> {
  const { maxBytes, timeoutMs } = settings.limits
  const { headers, query } = await requestCredentials(settings, request, io, keeper)
  const url = new URL(request.url)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const answer = await io.http({
    ...request,
    url: url.href,
    headers: { accept: 'application/geo+json, application/json', ...settings.headers, ...headers },
    maxBytes,
    timeoutMs,
  })
  if (answer.body.length > maxBytes)
    throw new SourceError(`${plainAddress(request)}: the body is longer than ${maxBytes} bytes`)
  return answer
}
