import * as v from 'valibot'
import { SourceError, type Window, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { Page } from '../../contracts/delivery.ts'
import type { HttpAnswer, Io } from '../../contracts/io.ts'
import { RegionCodeSchema } from '../../domain/region.ts'
import { BaseUrlSchema, addressOf } from '../wire/address.ts'
import { askFor } from '../wire/ask.ts'
import { AuthSchema } from '../wire/auth.ts'
import { WindowFormatSchema, writeTime } from '../wire/city-time.ts'
import { type Feature, type FeaturePage, readFeaturePage } from '../wire/feature-page.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { clockSkewMs } from '../wire/retry.ts'
import { rowFieldsSchema } from '../wire/row-fields.ts'
import { type Row, readRow } from '../wire/row-reading.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'
import { PlaceSystemSchema, nearestRegion, truePlace } from '../wire/true-place.ts'

const PathSchema = v.pipe(v.string(), v.regex(/^(\/|$)/, 'a path below baseUrl'))
const PlaceSchema = v.tuple([
  v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
])

/** A server of features, as it stands in sources.yaml. */
export const OgcFeaturesSettingsSchema = v.strictObject({
  baseUrl: BaseUrlSchema,
  /** OGC API – Features; or WFS 2.0 where the server has no other, in GeoJSON or GML, whichever it sends. */
  service: v.optional(v.picklist(['ogc-api', 'wfs']), 'ogc-api'),
  auth: AuthSchema,
  headers: v.optional(v.record(v.string(), v.string()), {}),
  /** Sent with every request: map=CITY, outputFormat=geojson. */
  query: v.optional(v.record(v.string(), v.string()), {}),
  pageSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 1_000),
  system: v.optional(PlaceSystemSchema, 'WGS84'),
  /** GeoJSON is longitude first and GML tells its order; declared only for servers that write it otherwise. */
  axes: v.optional(v.picklist(['told', 'swapped']), 'told'),
  /** A place [lon, lat] of each region: a feature that names none belongs to the nearest, within `withinKm`. */
  places: v.optional(v.record(RegionCodeSchema, PlaceSchema), {}),
  withinKm: v.optional(v.pipe(v.number(), v.minValue(0.01), v.maxValue(200)), 30),
  limits: LimitsSchema,
})
type Settings = v.InferOutput<typeof OgcFeaturesSettingsSchema>

/** One indicator in a collection. A field is a property's name; @id, @lon, @lat and @region are the feature's own. */
export const OgcFeaturesMappingSchema = v.strictObject({
  /** /collections/stations, or the path of the WFS. */
  path: PathSchema,
  /** typeNames of a WFS. */
  typeName: v.optional(v.pipe(v.string(), v.nonEmpty())),
  /** Whether the window is asked for by `datetime`; features without a time come along all the same. */
  datetime: v.optional(v.boolean(), true),
  /** {from} and {to} become the window's ends. */
  query: v.optional(v.record(v.string(), v.string()), {}),
  windowFormat: v.optional(WindowFormatSchema, 'rfc3339'),
  fields: rowFieldsSchema(v.pipe(v.string(), v.nonEmpty())),
})
type Mapping = v.InferOutput<typeof OgcFeaturesMappingSchema>

const accept = 'application/geo+json, application/json, application/gml+xml;q=0.5, text/xml;q=0.4'

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: OgcFeaturesSettingsSchema,
  mapping: OgcFeaturesMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const url = new URL(addressOf(source.baseUrl, '/'))
      const wfs: Record<string, string> = { service: 'WFS', request: 'GetCapabilities' }
      const query = { ...source.query, ...(source.service === 'wfs' ? wfs : {}) }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      const answer = await askFor(source, url.href, accept, io, keeper)
      return {
        reachable: true,
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
    const asked = new Set<string>()
    let seen = 0
    try {
      for (let url: string | undefined = firstAddress(source, mapping, window, io); url !== undefined;) {
        io.signal.throwIfAborted()
        expectNew(url, asked, source)
        const shown = keeper.clean(`GET ${url}`).slice(0, 500)
        const answer = await askFor(source, url, accept, io, keeper)
        const page = await readFeaturePage(answer.body, shown)
        seen += page.features.length
        if (seen > source.limits.maxRows)
          throw new SourceError(`more than ${source.limits.maxRows} features: raise limits.maxRows`)
        const origin = { request: shown, page: asked.size, answer }
        yield await readingsOf(source, mapping, page, origin, io, keeper)
        url = nextAddress(source, page, url, seen)
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
  },
})

function firstAddress(source: Settings, mapping: Mapping, window: Window, io: Io): string {
  const wfs = source.service === 'wfs'
  const url = new URL(addressOf(source.baseUrl, wfs ? mapping.path || '/' : `${mapping.path}/items`))
  const end = (instant: string) => writeTime(instant, mapping.windowFormat, io.timeZone)
  const filled = Object.entries(mapping.query).map(([name, text]) => [
    name,
    text.replaceAll('{from}', end(window.from)).replaceAll('{to}', end(window.to)),
  ])
  const datetime = { datetime: `${window.from}/${window.to}` }
  const parameters: Record<string, string> = {
    ...source.query,
    ...(wfs ? pageOfWfs(source, mapping.typeName, 0) : { limit: String(source.pageSize) }),
    ...(mapping.datetime && !wfs ? datetime : {}),
    ...(Object.fromEntries(filled) as Record<string, string>),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

function pageOfWfs({ pageSize }: Settings, typeName: string | undefined, startIndex: number) {
  return {
    service: 'WFS',
    version: '2.0.0',
    request: 'GetFeature',
    ...(typeName === undefined ? {} : { typeNames: typeName }),
    startIndex: String(startIndex),
    count: String(pageSize),
  }
}

function expectNew(url: string, asked: Set<string>, { limits }: Settings): void {
  if (asked.has(url)) throw new SourceError('the link to the next page leads to a page that was read')
  if (asked.size >= limits.maxPages)
    throw new SourceError(`more than ${limits.maxPages} pages: raise limits.maxPages`)
  asked.add(url)
}

/** By the server's link; a WFS is counted on where it gives none. A server that counted more than it gave is not believed. */
function nextAddress(source: Settings, page: FeaturePage, from: string, seen: number): string | undefined {
  const { matched, next, features } = page
  if (source.service === 'wfs') {
    if (features.length === 0 && matched !== undefined && seen < matched) throw short(matched, seen)
    const last = next === undefined && features.length < source.pageSize
    const done = matched === undefined ? last : seen >= matched
    if (done || features.length === 0) return undefined
    const url = new URL(from)
    url.searchParams.set('startIndex', String(seen))
    return url.href
  }
  if (next === undefined) {
    if (matched !== undefined && seen < matched) throw short(matched, seen)
    return undefined
  }
  if (!URL.canParse(next, from)) throw new SourceError('the link to the next page is no address')
  return new URL(next, from).href
}

const short = (matched: number, seen: number) =>
  new SourceError(`the source counts ${matched} features and gave ${seen}`)

async function readingsOf(
  source: Settings,
  mapping: Mapping,
  { features }: FeaturePage,
  { request, page, answer }: { request: string; page: number; answer: HttpAnswer },
  io: Io,
  keeper: SecretKeeper,
): Promise<Page> {
  const result: Page = { readings: [], refusals: [] }
  const origin = { timeZone: io.timeZone, request, rawSha256: answer.sha256 }
  for (const [index, feature] of features.entries()) {
    const place = `page ${page} feature ${index + 1}`
    const { row, steps } = await rowOf(source, feature, place)
    const read = readRow(row, mapping.fields, origin)
    if ('refusal' in read)
      result.refusals.push({ row: read.refusal.row, reason: keeper.clean(read.refusal.reason) })
    else result.readings.push({ ...read.reading, lineage: withSteps(read.reading.lineage, steps, keeper) })
  }
  return result
}

function withSteps<L extends { steps: { step: string; detail: string }[] }>(
  lineage: L,
  steps: L['steps'],
  keeper: SecretKeeper,
): L {
  const all = [...lineage.steps, ...steps]
  return { ...lineage, steps: all.map(({ step, detail }) => ({ step, detail: keeper.clean(detail) })) }
}

async function rowOf(source: Settings, { id, properties, position }: Feature, place: string) {
  const at = position && (await truePlace(position, source.system, source.axes === 'swapped'))
  const own: Record<string, unknown> = {
    '@id': id,
    '@lon': at?.[0],
    '@lat': at?.[1],
    '@region': at && nearestRegion(at, source.places, source.withinKm),
  }
  const cell = (field: string) =>
    field.startsWith('@') ? own[field] : Object.hasOwn(properties, field) ? properties[field] : undefined
  const row: Row = { place, cell, name: (field) => field }
  const steps = at
    ? [{ step: 'place', detail: `${at[0].toFixed(5)},${at[1].toFixed(5)} from ${source.system}` }]
    : []
  return { row, steps: id === undefined ? steps : [{ step: 'feature', detail: id.slice(0, 200) }, ...steps] }
}
