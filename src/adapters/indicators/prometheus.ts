import * as v from 'valibot'
import { SourceError, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { HttpRequest, Io } from '../../contracts/io.ts'
import { DurationSchema, durationMs } from '../../domain/instant.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { BaseUrlSchema, addressOf } from '../wire/address.ts'
import { type Answered, askSource, refusedWith } from '../wire/ask-source.ts'
import { AuthSchema } from '../wire/auth.ts'
import { parseJson } from '../wire/json-path.ts'
import { SeriesFieldsSchema, rowFieldsOf, timeField, valueField } from '../wire/label-rows.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { type RangeSpan, spansOf } from '../wire/prometheus-spans.ts'
import { clockSkewMs, expectGood } from '../wire/retry.ts'
import { readRow } from '../wire/row-reading.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'

/** A server with the HTTP API of Prometheus (VictoriaMetrics has it too), as it stands in sources.yaml. */
export const PrometheusSettingsSchema = v.strictObject({
  /** Without /api/v1. */
  baseUrl: BaseUrlSchema,
  auth: AuthSchema,
  /** More series than this in an answer is an error: a label too many in the query multiplies them. */
  maxSeries: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 500),
  limits: LimitsSchema,
})
type Settings = v.InferOutput<typeof PrometheusSettingsSchema>

/** One indicator on such a server: a query whose series carry the region and the dimensions as labels. */
export const PrometheusMappingSchema = v.strictObject({
  /** PromQL: avg by (region) (pm25_ug_m3). */
  query: v.pipe(v.string(), v.nonEmpty(), v.maxLength(6_000)),
  /** Distance of the points. Without one: the finest round step that the server answers for the whole window. */
  step: v.optional(
    v.pipe(
      DurationSchema,
      v.check((text) => durationMs(text) >= 1_000, 'a second at least'),
    ),
  ),
  /**
   * What a point tells of: its instant, or the step that ends there, as where the query has avg_over_time(…[1h]) with a step of
   * PT1H; such a point is the figure of the hour before it.
   */
  tells: v.optional(v.picklist(['instant', 'step-before']), 'instant'),
  fields: SeriesFieldsSchema,
})
type Mapping = v.InferOutput<typeof PrometheusMappingSchema>

const MatrixSchema = v.object({
  status: v.literal('success'),
  data: v.object({
    resultType: v.literal('matrix'),
    result: v.array(
      v.object({ metric: v.record(v.string(), v.unknown()), values: v.array(v.array(v.unknown())) }),
    ),
  }),
  warnings: v.optional(v.array(v.unknown()), []),
})
type Matrix = v.InferOutput<typeof MatrixSchema>

const FailureSchema = v.object({ status: v.literal('error'), errorType: v.string(), error: v.string() })

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: PrometheusSettingsSchema,
  mapping: PrometheusMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    try {
      const request = requestOf(source, '/api/v1/query', { query: '1' })
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
    try {
      let rows = 0
      for (const span of questions(source, mapping, window, io)) {
        const page = readMatrix(mapping, span, await ask(source, mapping, span, io, keeper), io, keeper)
        rows += page.readings.length + page.refusals.length
        if (rows > source.limits.maxRows)
          throw new SourceError(
            `more than ${source.limits.maxRows} rows: narrow the query or raise limits.maxRows`,
          )
        yield page
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    }
  },
})

function requestOf(source: Settings, path: string, parameters: Record<string, string>): HttpRequest {
  const url = new URL(addressOf(source.baseUrl, path))
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { method: 'GET', url: url.href, headers: { accept: 'application/json' } }
}

function questions(
  source: Settings,
  { step, tells }: Mapping,
  window: { from: string; to: string },
  io: Io,
): RangeSpan[] {
  const stepMs = step === undefined ? undefined : durationMs(step)
  if (tells === 'step-before' && stepMs === undefined)
    throw new SourceError('a point can only tell of the step before it where the mapping says the step')
  const spans = spansOf(window, stepMs, io.timeZone)
  if (spans.length > source.limits.maxPages)
    throw new SourceError(
      `more than ${source.limits.maxPages} questions: widen the step or raise limits.maxPages`,
    )
  // What is told of a step stands at its end.
  return tells === 'instant'
    ? spans
    : spans.map((span) => ({
        ...span,
        startMs: span.startMs + span.stepMs,
        endMs: span.endMs + span.stepMs,
      }))
}

async function ask(
  source: Settings,
  mapping: Mapping,
  { startMs, endMs, stepMs }: RangeSpan,
  io: Io,
  keeper: SecretKeeper,
): Promise<Answered & { matrix: Matrix }> {
  const request = requestOf(source, '/api/v1/query_range', {
    query: mapping.query,
    start: String(startMs / 1_000),
    end: String(endMs / 1_000),
    step: String(stepMs / 1_000),
    // Prometheus looks back so far by itself; VictoriaMetrics would fill longer gaps with the last value.
    max_lookback: '5m',
  })
  const answered = await askSource(source, request, io, keeper)
  const { asked, answer } = answered
  const failure = failureIn(answer.body)
  if (failure && answer.status !== 401 && answer.status !== 403 && answer.status !== 429)
    throw refusedWith(answer, asked, `${failure.errorType}: ${failure.error}`, io.now())
  expectGood(answer, asked, io.now())
  const read = v.safeParse(MatrixSchema, parseJson(answer.body))
  if (!read.success)
    throw new SourceError(
      `${asked}: not an answer of the Prometheus API to a range: ${read.issues[0].message}`,
    )
  const count = read.output.data.result.length
  if (count > source.maxSeries)
    throw new SourceError(
      `${asked}: ${count} series, more than ${source.maxSeries}: aggregate in the query or raise maxSeries`,
    )
  return { ...answered, matrix: read.output }
}

function failureIn(body: string): v.InferOutput<typeof FailureSchema> | undefined {
  if (!body.startsWith('{')) return undefined
  try {
    const read = v.safeParse(FailureSchema, JSON.parse(body))
    return read.success ? read.output : undefined
  } catch {
    return undefined
  }
}

function readMatrix(
  mapping: Mapping,
  span: RangeSpan,
  { asked, answer, matrix }: Answered & { matrix: Matrix },
  io: Io,
  keeper: SecretKeeper,
): { readings: Reading[]; refusals: Refusal[] } {
  const fields = rowFieldsOf(mapping.fields, 'epoch-s')
  const origin = { timeZone: io.timeZone, request: asked, rawSha256: answer.sha256 }
  const warnings = matrix.warnings.map((text) => ({
    step: 'warning of the server',
    detail: keeper.clean(String(text)).slice(0, 300),
  }))
  const page: { readings: Reading[]; refusals: Refusal[] } = { readings: [], refusals: [] }
  for (const [index, { metric, values }] of matrix.data.result.entries()) {
    for (const [time, value] of values) {
      const cells: Record<string, unknown> = { [timeField]: time, [valueField]: value }
      const place = `series ${index + 1} at ${String(time)}`
      const cell = (field: string) => (field.startsWith('@') ? cells[field] : metric[field])
      const read = readRow({ place, cell, name: (field) => field }, fields, origin)
      if ('refusal' in read) page.refusals.push({ row: place, reason: keeper.clean(read.refusal.reason) })
      else page.readings.push(toldAt(read.reading, mapping, span, warnings))
    }
  }
  page.readings.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0))
  return page
}

/** The reading with what the server warned of, at the begin of the step it tells of. */
function toldAt(
  reading: Reading,
  { tells }: Mapping,
  { stepMs }: RangeSpan,
  warnings: Reading['lineage']['steps'],
): Reading {
  const steps = [...reading.lineage.steps, ...warnings]
  if (tells === 'instant') return { ...reading, lineage: { ...reading.lineage, steps } }
  const instant = new Date(Date.parse(timeOf(reading)) - stepMs).toISOString()
  const detail = `the step of ${stepMs / 1_000} s before ${timeOf(reading)}`
  return {
    ...reading,
    at: { instant },
    lineage: { ...reading.lineage, steps: [...steps, { step: 'period', detail }] },
  }
}

const timeOf = ({ at }: Reading) => ('instant' in at ? at.instant : at.label)
