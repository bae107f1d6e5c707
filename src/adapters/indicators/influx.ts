import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { SourceError, type Window, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { HttpRequest, Io } from '../../contracts/io.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { BaseUrlSchema, addressOf, plainAddress } from '../wire/address.ts'
import { askSource, authorised, refusedWith } from '../wire/ask-source.ts'
import { AuthSchema } from '../wire/auth.ts'
import { type InfluxSeries, influxError, readInfluxLine, statementOf } from '../wire/influx-answer.ts'
import { SeriesFieldsSchema, rowFieldsOf, timeField, valueField } from '../wire/label-rows.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { describe } from '../wire/number-text.ts'
import { clockSkewMs, expectGood } from '../wire/retry.ts'
import { type Origin, readRow } from '../wire/row-reading.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'
import { beginningOf, linesOf } from '../wire/text-lines.ts'

const NameSchema = v.pipe(v.string(), v.nonEmpty())

/** An InfluxDB 1.x, asked in InfluxQL, as it stands in sources.yaml. Its user needs no more than READ on the database. */
export const InfluxSettingsSchema = v.strictObject({
  baseUrl: BaseUrlSchema,
  auth: AuthSchema,
  database: NameSchema,
  retentionPolicy: v.optional(NameSchema),
  /** Points in one piece of the answer, which is read as it comes. */
  chunkSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 2_000),
  /** `maxBytes` bounds one piece, `timeoutMs` the silence between two. */
  limits: LimitsSchema,
})
type Settings = v.InferOutput<typeof InfluxSettingsSchema>

/** One indicator in such a database: a statement whose tags or columns carry the region and the dimensions. */
export const InfluxMappingSchema = v.strictObject({
  /** SELECT mean("value") AS "value" FROM "pm25" WHERE {window} GROUP BY time(1h), "adcode" */
  query: v.pipe(
    v.string(),
    v.regex(/^\s*select\b[^;]*$/i, 'one SELECT without ;'),
    v.includes('{window}', 'needs {window} where the condition on time belongs'),
    v.maxLength(6_000),
  ),
  /** Column of the value. */
  value: v.optional(NameSchema, 'value'),
  /** What a null of GROUP BY time() means: that the source says there is none, or nothing. */
  nulls: v.optional(v.picklist(['missing', 'left-out']), 'missing'),
  fields: SeriesFieldsSchema,
})
type Mapping = v.InferOutput<typeof InfluxMappingSchema>

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: InfluxSettingsSchema,
  mapping: InfluxMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const request: HttpRequest = { method: 'GET', url: addressOf(source.baseUrl, '/ping') }
      const { answer } = await askSource(source, request, io, keeper)
      const version = answer.headers['x-influxdb-version']
      return {
        reachable: answer.status < 500,
        detail: `answered ${answer.status}${version === undefined ? '' : `, InfluxDB ${version}`}`,
        clockSkewMs: clockSkewMs(answer, io.now()),
      }
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      return { reachable: false, detail: keeper.clean(cause.message), clockSkewMs: null }
    }
  },

  async *read(source, mapping, window, io) {
    const keeper = secretKeeper(io)
    const request = requestOf(source, mapping, window, io)
    const asked = keeper.clean(plainAddress(request))
    try {
      io.signal.throwIfAborted()
      const chunks = await openGood(source, request, asked, io, keeper)
      let [pieces, rows, more] = [0, 0, false]
      for await (const line of linesOf(chunks, source.limits.maxBytes)) {
        io.signal.throwIfAborted()
        if (line.trim() === '') continue
        pieces += 1
        const piece = readInfluxLine(line, asked)
        more = piece.more
        const rawSha256 = createHash('sha256').update(line).digest('hex')
        const origin = { timeZone: io.timeZone, request: asked, rawSha256 }
        const page = pageOf(piece.series, mapping, pieces, origin, keeper)
        rows += page.readings.length + page.refusals.length
        if (rows > source.limits.maxRows)
          throw new SourceError(`more than ${source.limits.maxRows} rows: group the time in the query`)
        yield page
      }
      if (pieces === 0) throw new SourceError(`${asked}: an empty answer`)
      if (more) throw new SourceError(`${asked}: the answer ends in the middle`)
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
  },
})

function requestOf(source: Settings, { query }: Mapping, window: Window, io: Io): HttpRequest {
  const url = new URL(addressOf(source.baseUrl, '/query'))
  const parameters = {
    db: source.database,
    ...(source.retentionPolicy === undefined ? {} : { rp: source.retentionPolicy }),
    epoch: 'ms',
    chunked: 'true',
    chunk_size: String(source.chunkSize),
    q: statementOf(query, window, io.timeZone),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  // The server itself lets a GET only read.
  return { method: 'GET', url: url.href, headers: { accept: 'application/json' } }
}

async function openGood(
  source: Settings,
  request: HttpRequest,
  asked: string,
  io: Io,
  keeper: SecretKeeper,
): Promise<AsyncIterable<Uint8Array>> {
  const { status, headers, chunks } = await io.open(await authorised(source, request, io, keeper))
  if (status >= 200 && status < 300) return chunks
  const answer = { status, headers, body: await beginningOf(chunks), unchanged: false, sha256: '' }
  const why = influxError(answer.body)
  if (why !== undefined && status !== 401 && status !== 403 && status !== 429)
    throw refusedWith(answer, asked, why, io.now())
  expectGood(answer, asked, io.now())
  return chunks
}

function pageOf(
  series: readonly InfluxSeries[],
  mapping: Mapping,
  piece: number,
  origin: Origin,
  keeper: SecretKeeper,
): { readings: Reading[]; refusals: Refusal[] } {
  const fields = rowFieldsOf(mapping.fields, 'epoch-ms')
  const page: { readings: Reading[]; refusals: Refusal[] } = { readings: [], refusals: [] }
  for (const { tags, columns, values } of series) {
    const columnOf = columnFinder(columns, tags, mapping.value)
    for (const [index, row] of values.entries()) {
      const place = `piece ${piece} ${describe(tags)} row ${index + 1}`
      const cell = (field: string) => {
        const column = columnOf(field)
        return column === undefined ? tags[field] : row[column]
      }
      if (mapping.nulls === 'left-out' && cell(valueField) === null) continue
      const read = readRow({ place, cell, name: (field) => field }, fields, origin)
      if ('reading' in read) page.readings.push(read.reading)
      else page.refusals.push({ row: keeper.clean(place), reason: keeper.clean(read.refusal.reason) })
    }
  }
  page.readings.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0))
  return page
}

/** Where a field stands in a row; a tag stands in none. A name that is neither would read as missing for ever. */
function columnFinder(columns: readonly string[], tags: Record<string, unknown>, value: string) {
  return (field: string): number | undefined => {
    const name = field === valueField ? value : field === timeField ? 'time' : field
    if (field !== valueField && Object.hasOwn(tags, name)) return undefined
    const column = columns.indexOf(name)
    if (column === -1)
      throw new SourceError(
        `${describe(name)} is neither a column nor a tag: there are ${describe([...columns, ...Object.keys(tags)].join(', '))}`,
      )
    return column
  }
}

const timeOf = ({ at }: Reading) => ('instant' in at ? at.instant : at.label)
