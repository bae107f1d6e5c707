import * as v from 'valibot'
import { SourceError, type Window, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { HttpRequest, Io } from '../../contracts/io.ts'
import { toInstant } from '../../domain/instant.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { RegionCodeSchema } from '../../domain/region.ts'
import { BaseUrlSchema, addressOf } from '../wire/address.ts'
import { type Answered, askSource, refusedWith } from '../wire/ask-source.ts'
import { AuthSchema } from '../wire/auth.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { describe } from '../wire/number-text.ts'
import { clockSkewMs, expectGood } from '../wire/retry.ts'
import type { RowFields } from '../wire/row-fields.ts'
import { type Origin, readRow } from '../wire/row-reading.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'
import { beginOf, expectUnit, odataError, readObservations } from '../wire/sensorthings-answer.ts'

const NameSchema = v.pipe(v.string(), v.nonEmpty())

/** A service of OGC SensorThings API 1.1 (18-088), as it stands in sources.yaml. */
export const SensorThingsSettingsSchema = v.strictObject({
  /** With the version: https://sta.example/FROST-Server/v1.1 */
  baseUrl: BaseUrlSchema,
  auth: AuthSchema,
  /** Observations asked for in one page; a server may give fewer. */
  top: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 1_000),
  limits: LimitsSchema,
})
type Settings = v.InferOutput<typeof SensorThingsSettingsSchema>

/** One indicator on such a service: the datastreams that measure it, each in its region. */
export const SensorThingsMappingSchema = v.strictObject({
  datastreams: v.pipe(
    v.array(
      v.strictObject({
        id: v.union([v.pipe(v.number(), v.integer()), v.pipe(v.string(), v.regex(/^[^'/]+$/))]),
        region: RegionCodeSchema,
        dims: v.optional(v.record(v.string(), v.string()), {}),
      }),
    ),
    v.minLength(1),
    v.maxLength(200),
  ),
  /** UCUM code of the results. */
  unit: NameSchema,
  /** What the service must call that unit; another one is an error and not a figure. */
  unitOfMeasurement: v.pipe(
    v.strictObject({
      definition: v.optional(NameSchema),
      symbol: v.optional(NameSchema),
      name: v.optional(NameSchema),
    }),
    v.check((unit) => Object.keys(unit).length > 0, 'definition, symbol or name'),
  ),
  /** What the window speaks of. By resultTime what was measured long ago and told late is found too. */
  window: v.optional(v.picklist(['resultTime', 'phenomenonTime']), 'resultTime'),
  notation: v.optional(v.picklist(['plain', 'fraction']), 'plain'),
})
type Mapping = v.InferOutput<typeof SensorThingsMappingSchema>
type Datastream = Mapping['datastreams'][number]

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: SensorThingsSettingsSchema,
  mapping: SensorThingsMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const { answer } = await askSource(source, { method: 'GET', url: source.baseUrl }, io, keeper)
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
    let [pages, rows] = [0, 0]
    try {
      for (const datastream of mapping.datastreams) {
        await checkUnit(source, mapping, datastream, io, keeper)
        let url: string | undefined = firstPage(source, mapping, datastream, window)
        for (const seen = new Set<string>(); url !== undefined;) {
          pages += 1
          if (pages > source.limits.maxPages || seen.has(url))
            throw new SourceError(`more than ${source.limits.maxPages} pages, or one that leads to itself`)
          seen.add(url)
          const answered = await askGood(source, url, io, keeper)
          const read = readObservations(answered.answer.body, source.baseUrl, answered.asked)
          const page = pageOf(read.rows, mapping, datastream, answered, io, keeper)
          rows += read.rows.length
          if (rows > source.limits.maxRows)
            throw new SourceError(`more than ${source.limits.maxRows} rows: raise limits.maxRows`)
          yield page
          url = read.next
        }
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
  },
})

/** Numbers stand bare in an address, texts in quotes. */
function pathOf({ id }: Datastream): string {
  return `/Datastreams(${typeof id === 'number' ? id : `'${encodeURIComponent(id)}'`})`
}

async function checkUnit(
  source: Settings,
  mapping: Mapping,
  datastream: Datastream,
  io: Io,
  keeper: SecretKeeper,
): Promise<void> {
  const url = new URL(addressOf(source.baseUrl, pathOf(datastream)))
  url.searchParams.set('$select', 'unitOfMeasurement')
  const { answer, asked } = await askGood(source, url.href, io, keeper)
  expectUnit(answer.body, mapping.unitOfMeasurement, asked)
}

function firstPage(source: Settings, mapping: Mapping, datastream: Datastream, window: Window): string {
  const url = new URL(addressOf(source.baseUrl, `${pathOf(datastream)}/Observations`))
  const [from, to] = [window.from, window.to].map((end) => toInstant(Date.parse(end)))
  const by = mapping.window
  url.searchParams.set('$filter', `${by} ge ${from} and ${by} lt ${to}`)
  url.searchParams.set('$orderby', 'phenomenonTime asc')
  url.searchParams.set('$select', 'phenomenonTime,resultTime,result')
  url.searchParams.set('$top', String(source.top))
  return url.href
}

async function askGood(source: Settings, url: string, io: Io, keeper: SecretKeeper): Promise<Answered> {
  const request: HttpRequest = { method: 'GET', url, headers: { accept: 'application/json' } }
  const answered = await askSource(source, request, io, keeper)
  const { answer, asked } = answered
  const why = answer.status >= 400 ? odataError(answer.body) : undefined
  if (why !== undefined && answer.status !== 401 && answer.status !== 403 && answer.status !== 429)
    throw refusedWith(answer, asked, why, io.now())
  expectGood(answer, asked, io.now())
  return answered
}

function fieldsOf({ unit, notation }: Mapping, { region, dims }: Datastream): RowFields {
  return {
    region: { const: region },
    time: { field: 'phenomenonTime', format: 'rfc3339', ytd: false },
    value: { field: 'result', notation },
    unit,
    dims: Object.fromEntries(Object.entries(dims).map(([key, value]) => [key, { const: value }])),
    resultTime: { field: 'resultTime', format: 'rfc3339' },
    comparisons: [],
    interval: [],
  }
}

function pageOf(
  rows: readonly Record<string, unknown>[],
  mapping: Mapping,
  datastream: Datastream,
  { answer, asked }: Answered,
  io: Io,
  keeper: SecretKeeper,
): { readings: Reading[]; refusals: Refusal[] } {
  const fields = fieldsOf(mapping, datastream)
  const origin: Origin = { timeZone: io.timeZone, request: asked, rawSha256: answer.sha256 }
  const page: { readings: Reading[]; refusals: Refusal[] } = { readings: [], refusals: [] }
  for (const [index, row] of rows.entries()) {
    const place = `datastream ${datastream.id} row ${index + 1}`
    if (!('result' in row)) {
      page.refusals.push({ row: place, reason: `no result in ${describe(Object.keys(row).join(', '))}` })
      continue
    }
    const time = row['phenomenonTime']
    const cell = (field: string) =>
      field === 'phenomenonTime' ? (beginOf(time) ?? describe(time)) : row[field]
    const read = readRow({ place, cell, name: (field) => field }, fields, origin)
    if ('refusal' in read) page.refusals.push({ row: place, reason: keeper.clean(read.refusal.reason) })
    else page.readings.push(withInterval(read.reading, time))
  }
  page.readings.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0))
  return page
}

function withInterval(reading: Reading, time: unknown): Reading {
  if (typeof time !== 'string' || !time.includes('/')) return reading
  const steps = [
    ...reading.lineage.steps,
    { step: 'period', detail: `${describe(time)}, placed by its begin` },
  ]
  return { ...reading, lineage: { ...reading.lineage, steps } }
}

const timeOf = ({ at }: Reading) => ('instant' in at ? at.instant : at.label)
