import * as v from 'valibot'
import { SourceError, type Window, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { HttpRequest, Io } from '../../contracts/io.ts'
import { toInstant } from '../../domain/instant.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { BaseUrlSchema, addressOf } from '../wire/address.ts'
import { type Answered, askSource } from '../wire/ask-source.ts'
import { AuthSchema } from '../wire/auth.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { describe, readNumber } from '../wire/number-text.ts'
import { clockSkewMs, expectGood } from '../wire/retry.ts'
import { rowFieldsSchema } from '../wire/row-fields.ts'
import { readRow } from '../wire/row-reading.ts'
import { type PeriodRange, halvesOf, periodText, periodsIn, plainPeriod } from '../wire/sdmx-periods.ts'
import { type SdmxRow, sdmxCsvRows, sdmxJsonRows } from '../wire/sdmx-rows.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'

const NameSchema = v.pipe(v.string(), v.nonEmpty())
const named = rowFieldsSchema(NameSchema).entries

/** A service of the SDMX REST API 2 (SDMX 3.0), as it stands in sources.yaml. */
export const SdmxSettingsSchema = v.strictObject({
  /** Up to what stands before /data. */
  baseUrl: BaseUrlSchema,
  auth: AuthSchema,
  /** CSV is a fraction of the size. */
  format: v.optional(v.picklist(['csv', 'json']), 'csv'),
  limits: LimitsSchema,
})
type Settings = v.InferOutput<typeof SdmxSettingsSchema>

/** One indicator in a dataflow of such a service. `field` is the id of a dimension or an attribute. */
export const SdmxMappingSchema = v.strictObject({
  /** dataflow/AGENCY/FLOW/VERSION/KEY: dataflow/CITY/RETAIL/1.0/M.* */
  data: v.pipe(v.string(), v.regex(/^[^?#]+$/, 'a path without query')),
  frequency: v.picklist(['A', 'S', 'Q', 'M', 'D']),
  /** What the window speaks of: the periods, or when the service learned of them; then what was revised is found too. */
  window: v.optional(v.picklist(['period', 'updatedAfter']), 'period'),
  measure: v.optional(NameSchema, 'OBS_VALUE'),
  fields: v.strictObject({
    region: named.region,
    unit: named.unit,
    dims: named.dims,
    notation: named.value.entries.notation,
  }),
})
type Mapping = v.InferOutput<typeof SdmxMappingSchema>

const media = {
  csv: 'application/vnd.sdmx.data+csv;version=2.0.0',
  json: 'application/vnd.sdmx.data+json;version=2.0.0',
}

/** CL_OBS_STATUS as far as it changes what a figure is; a code that is not here refuses its row. */
const statuses: Record<string, NonNullable<Reading['status']>> = {
  A: 'A',
  B: 'B',
  D: 'B',
  E: 'E',
  F: 'F',
  G: 'E',
  I: 'I',
  L: 'M',
  M: 'M',
  N: 'A',
  O: 'M',
  P: 'P',
  Q: 'M',
  U: 'U',
  V: 'P',
}

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: SdmxSettingsSchema,
  mapping: SdmxMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const request: HttpRequest = { method: 'GET', url: addressOf(source.baseUrl, '/') }
      const { answer } = await askSource(source, request, io, keeper)
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
    const whole = periodsIn(window, mapping.frequency, io.timeZone)
    const waiting: (PeriodRange | undefined)[] = [mapping.window === 'period' ? whole : undefined]
    let [asks, rows] = [0, 0]
    try {
      while (waiting.length > 0) {
        asks += 1
        if (asks > source.limits.maxPages)
          throw new SourceError(`more than ${source.limits.maxPages} questions: raise limits.maxPages`)
        const range = waiting.shift()
        const answered = await ask(source, mapping, window, range, io, keeper)
        if (answered.answer.status === 413) {
          waiting.unshift(...smaller(range, answered.asked))
          continue
        }
        const page = pageOf(source, mapping, answered, asks, io, keeper)
        rows += page.readings.length + page.refusals.length
        if (rows > source.limits.maxRows)
          throw new SourceError(`more than ${source.limits.maxRows} rows: narrow the key in mapping.data`)
        yield page
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
  },
})

function smaller(range: PeriodRange | undefined, asked: string): PeriodRange[] {
  const halves = range && halvesOf(range)
  if (!halves)
    throw new SourceError(
      `${asked}: too much for the service (413), and not to be split: narrow the key in mapping.data`,
    )
  return halves
}

async function ask(
  source: Settings,
  mapping: Mapping,
  window: Window,
  range: PeriodRange | undefined,
  io: Io,
  keeper: SecretKeeper,
): Promise<Answered> {
  const url = new URL(addressOf(source.baseUrl, `/data/${mapping.data.replace(/^\/+/, '')}`))
  if (range) {
    const [first, last] = [range.first, range.last].map((number) => periodText(number, mapping.frequency))
    url.searchParams.set('c[TIME_PERIOD]', `ge:${first}+le:${last}`)
  } else url.searchParams.set('updatedAfter', toInstant(Date.parse(window.from)))
  const request: HttpRequest = { method: 'GET', url: url.href, headers: { accept: media[source.format] } }
  return askSource(source, request, io, keeper)
}

/** 304 is no news; 404 is none too where the service says so itself, by error 100 of the standard, and else a wrong address. */
function isEmpty({ answer }: Answered): boolean {
  const none = /"code"\s*:\s*"?100"?\s*[,}]|<[\w:]*ErrorMessage[^>]*code="100"/
  return answer.status === 204 || answer.status === 304 || (answer.status === 404 && none.test(answer.body))
}

function pageOf(
  source: Settings,
  mapping: Mapping,
  answered: Answered,
  number: number,
  io: Io,
  keeper: SecretKeeper,
): { readings: Reading[]; refusals: Refusal[] } {
  const page: { readings: Reading[]; refusals: Refusal[] } = { readings: [], refusals: [] }
  if (isEmpty(answered)) return page
  const { answer, asked } = answered
  expectGood(answer, asked, io.now())
  const rows = source.format === 'csv' ? sdmxCsvRows(answer.body, asked) : sdmxJsonRows(answer.body, asked)
  const origin = { timeZone: io.timeZone, request: asked, rawSha256: answer.sha256 }
  for (const [index, row] of rows.entries()) {
    const place = `answer ${number} row ${index + 1}`
    const read = readRow(
      { place, cell: cellsOf(row, mapping), name: (id) => id },
      fieldsOf(row, mapping),
      origin,
    )
    const scaled = 'reading' in read ? scale(read.reading, row['UNIT_MULT']) : read.refusal.reason
    if (typeof scaled === 'string') page.refusals.push({ row: place, reason: keeper.clean(scaled) })
    else page.readings.push(scaled)
  }
  page.readings.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0))
  return page
}

function cellsOf(row: SdmxRow, { measure }: Mapping): (id: string) => unknown {
  const status = row['OBS_STATUS']
  const missing = typeof status === 'string' && statuses[status] === 'M'
  return (id) => {
    if (id === 'TIME_PERIOD') return plainPeriod(row[id])
    if (id !== measure) return row[id]
    // It would read as missing for ever.
    if (!Object.hasOwn(row, id))
      throw new SourceError(
        `${describe(id)} is no component of the answer: there are ${describe(Object.keys(row).join(', '))}`,
      )
    return row['ACTION'] === 'D' || (missing && row[id] === 'NaN') ? null : row[id]
  }
}

function fieldsOf(row: SdmxRow, { fields, measure }: Mapping) {
  const { notation, ...rest } = fields
  const told = row['OBS_STATUS'] !== undefined && row['OBS_STATUS'] !== '' && row['OBS_STATUS'] !== null
  return {
    ...rest,
    time: { field: 'TIME_PERIOD', format: 'period' as const, ytd: false },
    value: { field: measure, notation },
    ...(told ? { status: { field: 'OBS_STATUS', map: statuses } } : {}),
    comparisons: [],
    interval: [],
  }
}

/** By UNIT_MULT, the power of ten that the values are told in; a sentence where it is none. */
function scale(reading: Reading, told: unknown): Reading | string {
  const power = readNumber(told)
  if ('reason' in power) return `UNIT_MULT: ${power.reason}`
  if (power.value === null || power.value === 0 || reading.value === null) return reading
  if (!Number.isInteger(power.value)) return `UNIT_MULT: no power of ten: ${describe(told)}`
  const value = Number(`${reading.value}e${power.value}`)
  if (!Number.isFinite(value)) return `UNIT_MULT: too large a number: ${reading.value} × 10^${power.value}`
  const steps = [
    ...reading.lineage.steps,
    { step: 'UNIT_MULT', detail: `${reading.value} × 10^${power.value} = ${value}` },
  ]
  return { ...reading, value, lineage: { ...reading.lineage, steps } }
}

const timeOf = ({ at }: Reading) => ('instant' in at ? at.instant : at.label)
