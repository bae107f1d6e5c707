import * as v from 'valibot'
import { SourceError, type Window, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { HttpAnswer, HttpRequest, Io } from '../../contracts/io.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { BaseUrlSchema, addressOf, plainAddress } from '../wire/address.ts'
import { AuthSchema } from '../wire/auth.ts'
import { BusinessResultSchema, ScalarSchema, expectOk } from '../wire/business-result.ts'
import { WindowFormatSchema, writeTime } from '../wire/city-time.ts'
import { requestCredentials } from '../wire/credentials.ts'
import { JsonPathSchema, type JsonValue, allMatches, firstMatch, parseJson } from '../wire/json-path.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { describe } from '../wire/number-text.ts'
import { forgetToken } from '../wire/oauth-token.ts'
import { type PageAsk, PagingSchema, firstPage, nextPage } from '../wire/paging.ts'
import { clockSkewMs, expectGood } from '../wire/retry.ts'
import { rowFieldsSchema } from '../wire/row-fields.ts'
import { readRow } from '../wire/row-reading.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'

/** A source that answers JSON over HTTP, as it stands in sources.yaml. */
export const RestJsonSettingsSchema = v.strictObject({
  baseUrl: BaseUrlSchema,
  auth: AuthSchema,
  headers: v.optional(v.record(v.string(), v.string()), {}),
  paging: PagingSchema,
  ok: v.optional(BusinessResultSchema),
  probePath: v.optional(v.pipe(v.string(), v.startsWith('/')), '/'),
  limits: LimitsSchema,
})
type Settings = v.InferOutput<typeof RestJsonSettingsSchema>

/** One indicator on such a source. {from} and {to} in path, query and body become the window's ends. */
export const RestJsonMappingSchema = v.strictObject({
  path: v.pipe(v.string(), v.startsWith('/')),
  method: v.optional(v.picklist(['GET', 'POST']), 'GET'),
  query: v.optional(v.record(v.string(), v.string()), {}),
  /** Sent as JSON; only for a POST that is a read. */
  body: v.optional(v.record(v.string(), ScalarSchema)),
  windowFormat: v.optional(WindowFormatSchema, 'rfc3339'),
  /** Every match is one row: $.data[*], $.data[?@.code=='PM25']. */
  rows: JsonPathSchema,
  fields: rowFieldsSchema(JsonPathSchema),
})
type Mapping = v.InferOutput<typeof RestJsonMappingSchema>

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: RestJsonSettingsSchema,
  mapping: RestJsonMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const answer = await send(
        source,
        { method: 'GET', url: addressOf(source.baseUrl, source.probePath) },
        io,
        keeper,
      )
      return {
        reachable: answer.status < 500,
        detail: `answered ${answer.status}`,
        clockSkewMs: clockSkewMs(answer, io.now()),
      }
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      return { reachable: false, detail: keeper.clean(cause.message), clockSkewMs: null }
    }
  },

  async *read(source, mapping, window, io) {
    const keeper = secretKeeper(io)
    let ask: PageAsk | undefined = firstPage(source.paging)
    try {
      while (ask) {
        io.signal.throwIfAborted()
        if (ask.number > source.limits.maxPages)
          throw new SourceError(
            `more than ${source.limits.maxPages} pages: narrow the window or raise limits.maxPages`,
          )
        const request = requestOf(source, mapping, window, ask, io)
        const answer = await send(source, request, io, keeper)
        const page = readPage(source, mapping, request, answer, ask, io, keeper)
        const next: PageAsk | undefined = nextPage(source.paging, ask, {
          ...page,
          url: request.url,
          link: answer.headers['link'],
        })
        yield {
          readings: page.readings,
          refusals: page.refusals.map(({ row, reason }) => ({ row, reason: keeper.clean(reason) })),
        }
        ask = next
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
  },
})

function requestOf(source: Settings, mapping: Mapping, window: Window, ask: PageAsk, io: Io): HttpRequest {
  const ends = {
    '{from}': writeTime(window.from, mapping.windowFormat, io.timeZone),
    '{to}': writeTime(window.to, mapping.windowFormat, io.timeZone),
  }
  const fill = (text: string, encode = (end: string) => end) =>
    text.replace(/\{from\}|\{to\}/g, (name) => encode(ends[name as keyof typeof ends]))
  const url = new URL(ask.url ?? addressOf(source.baseUrl, fill(mapping.path, encodeURIComponent)))
  const inBody = 'in' in source.paging && source.paging.in === 'body'
  if (ask.url === undefined)
    for (const [name, value] of Object.entries(mapping.query)) url.searchParams.set(name, fill(value))
  if (!inBody)
    for (const [name, value] of Object.entries(ask.parameters)) url.searchParams.set(name, String(value))
  if (mapping.method === 'GET') return { method: 'GET', url: url.href }
  const body = Object.fromEntries(
    Object.entries(mapping.body ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? fill(value) : value,
    ]),
  )
  return {
    method: 'POST',
    url: url.href,
    body: JSON.stringify({ ...body, ...(inBody ? ask.parameters : {}) }),
  }
}

/** Sends with credentials. A token refused once is fetched anew: the source may have forgotten it before its time. */
async function send(
  source: Settings,
  request: HttpRequest,
  io: Io,
  keeper: SecretKeeper,
): Promise<HttpAnswer> {
  const answer = await sendOnce(source, request, io, keeper)
  if (answer.status !== 401 || source.auth.kind !== 'oauth2') return answer
  forgetToken(source)
  return sendOnce(source, request, io, keeper)
}

async function sendOnce(
  source: Settings,
  request: HttpRequest,
  io: Io,
  keeper: SecretKeeper,
): Promise<HttpAnswer> {
  const { maxBytes, timeoutMs } = source.limits
  const { headers, query } = await requestCredentials(source, request, io, keeper)
  const url = new URL(request.url)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const type: Record<string, string> =
    request.body === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await io.http({
    ...request,
    url: url.href,
    headers: { accept: 'application/json', ...type, ...source.headers, ...headers },
    maxBytes,
    timeoutMs,
  })
  if (answer.body.length > maxBytes)
    throw new SourceError(`${plainAddress(request)}: the body is longer than ${maxBytes} bytes`)
  return answer
}

interface Page {
  body: JsonValue
  rows: number
  readings: Reading[]
  refusals: Refusal[]
}

function readPage(
  source: Settings,
  mapping: Mapping,
  request: HttpRequest,
  answer: HttpAnswer,
  ask: PageAsk,
  io: Io,
  keeper: SecretKeeper,
): Page {
  // A link to the next page may carry the key that the first request brought.
  const asked = keeper.clean(plainAddress(request))
  expectGood(answer, asked, io.now())
  if (answer.status === 204) return { body: null, rows: 0, readings: [], refusals: [] }
  const body = parseJson(answer.body)
  expectOk(source.ok, body, asked)
  const rows = allMatches(body, mapping.rows)
  if (ask.seen + rows.length > source.limits.maxRows)
    throw new SourceError(
      `more than ${source.limits.maxRows} rows: narrow the window or raise limits.maxRows`,
    )
  const origin = { timeZone: io.timeZone, request: asked, rawSha256: answer.sha256 }
  const page: Page = { body, rows: rows.length, readings: [], refusals: [] }
  for (const [index, row] of rows.entries()) {
    const place = `page ${ask.number} row ${index + 1}`
    if (typeof row !== 'object' || row === null) {
      page.refusals.push({ row: place, reason: `not an object: ${describe(row)}` })
      continue
    }
    const read = readRow(
      { place, cell: (path) => firstMatch(row, path), name: (path) => path },
      mapping.fields,
      origin,
    )
    if ('reading' in read) page.readings.push(read.reading)
    else page.refusals.push(read.refusal)
  }
  page.readings.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0))
  return page
}

const timeOf = ({ at }: Reading) => ('instant' in at ? at.instant : at.label)
