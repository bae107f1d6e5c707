import * as v from 'valibot'
import { SourceError, type Window, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { HttpAnswer, HttpRequest, Io } from '../../contracts/io.ts'
import { DurationSchema, durationMs } from '../../domain/instant.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { BaseUrlSchema, addressOf, plainAddress } from '../wire/address.ts'
import { refusedWith } from '../wire/ask-source.ts'
import { WindowFormatSchema, writeTime } from '../wire/city-time.ts'
import {
  type ClickHouseTable,
  clickHouseCell,
  clickHouseException,
  readClickHouseTable,
} from '../wire/clickhouse-answer.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { describe } from '../wire/number-text.ts'
import { clockSkewMs, expectGood } from '../wire/retry.ts'
import { rowFieldsSchema } from '../wire/row-fields.ts'
import { type Origin, readRow } from '../wire/row-reading.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'
import { partsOf } from '../wire/window-parts.ts'

const NameSchema = v.pipe(v.string(), v.nonEmpty())
const SecretNameSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Z][A-Z0-9_]*$/, 'a secret is referred to by its NAME, never written here'),
)

/**
 * A ClickHouse by its HTTP interface, as it stands in sources.yaml. Its user should only read: a profile with readonly = 2, which
 * still takes the two settings of the output that are sent with every query.
 */
export const ClickHouseSettingsSchema = v.strictObject({
  baseUrl: BaseUrlSchema,
  user: NameSchema,
  passwordSecret: v.optional(SecretNameSchema),
  database: v.optional(NameSchema, 'default'),
  /** The server answers once it has the whole result: what goes wrong late is then said with a bad status. */
  waitForEnd: v.optional(v.boolean(), true),
  limits: LimitsSchema,
})
type Settings = v.InferOutput<typeof ClickHouseSettingsSchema>

/** One indicator in such a database. `field` is a column of the SELECT. */
export const ClickHouseMappingSchema = v.strictObject({
  /** SELECT adcode, toUnixTimestamp(at) AS at, v FROM air WHERE at >= toDateTime({from}) AND at < toDateTime({to}) ORDER BY at */
  query: v.pipe(
    v.string(),
    v.regex(/^\s*(select|with)\b[^;]*$/i, 'one SELECT without ;'),
    v.check((text) => !/\bformat\s+\w+\s*$|\binto\s+outfile\b/i.test(text), 'without FORMAT or INTO OUTFILE'),
    v.includes('{from}', 'needs {from} and {to}, the ends of the window'),
    v.includes('{to}', 'needs {from} and {to}, the ends of the window'),
    v.maxLength(6_000),
  ),
  windowFormat: v.optional(WindowFormatSchema, 'epoch-s'),
  /** Longest window of one question; a longer one is asked for in parts. */
  span: v.optional(
    v.pipe(
      DurationSchema,
      v.check((text) => durationMs(text) >= 60_000, 'a minute at least'),
    ),
  ),
  fields: rowFieldsSchema(NameSchema),
})
type Mapping = v.InferOutput<typeof ClickHouseMappingSchema>

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: ClickHouseSettingsSchema,
  mapping: ClickHouseMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const answer = await send(source, requestOf(source, 'SELECT version()'), io, keeper)
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
    const parts = partsOf(window, mapping.span === undefined ? undefined : durationMs(mapping.span))
    if (parts.length > source.limits.maxPages)
      throw new SourceError(
        `more than ${source.limits.maxPages} questions: widen the span or raise limits.maxPages`,
      )
    try {
      let rows = 0
      for (const [index, part] of parts.entries()) {
        const page = await readPart(source, mapping, part, index + 1, io, keeper)
        rows += page.readings.length + page.refusals.length
        if (rows > source.limits.maxRows)
          throw new SourceError(`more than ${source.limits.maxRows} rows: group them in the query`)
        yield page
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
  },
})

async function readPart(
  source: Settings,
  mapping: Mapping,
  part: Window,
  number: number,
  io: Io,
  keeper: SecretKeeper,
): Promise<{ readings: Reading[]; refusals: Refusal[] }> {
  const end = (instant: string) => writeTime(instant, mapping.windowFormat, io.timeZone)
  const query = mapping.query.replaceAll('{from}', end(part.from)).replaceAll('{to}', end(part.to))
  const request = requestOf(source, query)
  const answer = await send(source, request, io, keeper)
  const asked = keeper.clean(plainAddress(request))
  const exception = answer.status === 200 ? undefined : clickHouseException(answer.body)
  if (exception !== undefined && answer.status !== 401 && answer.status !== 403 && answer.status !== 429)
    throw refusedWith(answer, asked, exception, io.now())
  expectGood(answer, asked, io.now())
  const table = readClickHouseTable(answer.body, asked)
  const origin = { timeZone: io.timeZone, request: asked, rawSha256: answer.sha256 }
  return pageOf(table, mapping, number, origin, keeper)
}

function requestOf(source: Settings, query: string): HttpRequest {
  const url = new URL(addressOf(source.baseUrl, '/'))
  const parameters: Record<string, string> = {
    database: source.database,
    default_format: 'JSONCompact',
    // Without the first, NaN would come as null and read as "there is none"; the second is the default of old servers only.
    output_format_json_quote_denormals: '1',
    output_format_json_quote_64bit_integers: '1',
    ...(source.waitForEnd ? { wait_end_of_query: '1' } : {}),
    query,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  // The server itself lets a GET only read.
  return { method: 'GET', url: url.href }
}

async function send(
  source: Settings,
  request: HttpRequest,
  io: Io,
  keeper: SecretKeeper,
): Promise<HttpAnswer> {
  io.signal.throwIfAborted()
  const { maxBytes, timeoutMs } = source.limits
  const key =
    source.passwordSecret === undefined ? {} : { 'x-clickhouse-key': keeper.secret(source.passwordSecret) }
  const headers = { 'x-clickhouse-user': source.user, ...key }
  const answer = await io.http({ ...request, headers, maxBytes, timeoutMs })
  if (answer.body.length > maxBytes)
    throw new SourceError(
      `the body is longer than ${maxBytes} bytes: say a shorter span or raise limits.maxBytes`,
    )
  return answer
}

function pageOf(
  { meta, data }: ClickHouseTable,
  mapping: Mapping,
  part: number,
  origin: Origin,
  keeper: SecretKeeper,
): { readings: Reading[]; refusals: Refusal[] } {
  const columns = new Map(meta.map(({ name, type }, index) => [name, { index, type }]))
  const page: { readings: Reading[]; refusals: Refusal[] } = { readings: [], refusals: [] }
  for (const [index, row] of data.entries()) {
    const place = `part ${part} row ${index + 1}`
    const cell = (field: string): unknown => {
      const column = columns.get(field)
      // It would read as missing for ever.
      if (!column)
        throw new SourceError(
          `${describe(field)} is no column of the answer: there are ${describe([...columns.keys()].join(', '))}`,
        )
      return clickHouseCell(row[column.index], column.type)
    }
    const read = readRow({ place, cell, name: (field) => field }, mapping.fields, origin)
    if ('reading' in read) page.readings.push(read.reading)
    else page.refusals.push({ row: place, reason: keeper.clean(read.refusal.reason) })
  }
  page.readings.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0))
  return page
}

const timeOf = ({ at }: Reading) => ('instant' in at ? at.instant : at.label)
