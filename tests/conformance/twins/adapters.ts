import * as v from 'valibot'
import { type IndicatorAdapter, SourceError, type Window } from '../../../src/contracts/indicator-adapter.ts'
import type { HttpAnswer, Io } from '../../../src/contracts/io.ts'
import { InstantSchema } from '../../../src/domain/instant.ts'
import type { Reading, Refusal } from '../../../src/domain/reading.ts'
import { RegionCodeSchema } from '../../../src/domain/region.ts'
import type { Recording } from '../../support/recording.ts'

const SettingsSchema = v.strictObject({ baseUrl: v.string(), keySecret: v.string() })
const MappingSchema = v.strictObject({ path: v.string() })
type Settings = v.InferOutput<typeof SettingsSchema>
type Mapping = v.InferOutput<typeof MappingSchema>
interface Page {
  readings: Reading[]
  refusals: Refusal[]
}

const RowSchema = v.object({
  region: RegionCodeSchema,
  at: v.pipe(
    InstantSchema,
    v.check((text) => !Number.isNaN(Date.parse(text))),
  ),
  value: v.nullable(v.pipe(v.number(), v.finite())),
})

/** The smallest adapter that keeps every rule. A twin replaces one step of it, and so breaks one. */
const steps = {
  begin(io: Io): void {
    io.signal.throwIfAborted()
  },
  async ask(url: string, source: Settings, io: Io): Promise<HttpAnswer> {
    return io.http({ method: 'GET', url, headers: { 'x-key': io.secret(source.keySecret) } })
  },
  expectGood(answer: HttpAnswer, _source: Settings, _io: Io): void {
    if (answer.status !== 200)
      throw new SourceError(`answered ${answer.status}`, Number(answer.headers['retry-after'] ?? 0) * 1_000)
  },
  rowsOf(body: string): unknown[] {
    let parsed: unknown
    try {
      parsed = JSON.parse(body)
    } catch {
      throw new SourceError('not JSON')
    }
    const rows = (parsed as { data?: unknown } | null)?.data
    if (!Array.isArray(rows)) throw new SourceError('no rows')
    return rows
  },
  readRow(
    row: unknown,
    index: number,
    answer: HttpAnswer,
    url: string,
    _source: Settings,
    _io: Io,
  ): { reading: Reading } | { refusal: Refusal } {
    const parsed = v.safeParse(RowSchema, row)
    if (!parsed.success) return { refusal: { row: `row ${index + 1}`, reason: 'not a row of this source' } }
    const { region, at, value } = parsed.output
    return {
      reading: {
        region,
        dims: {},
        at: { instant: at },
        value,
        unit: '1',
        lineage: { request: `GET ${url}`, rawSha256: answer.sha256, steps: [] },
      },
    }
  },
  nextUrl(body: string, url: string, source: Settings, nth: number): string | undefined {
    const next = (JSON.parse(body) as { next?: unknown }).next
    if (typeof next !== 'string' || next === '') return undefined
    if (nth > 50) throw new SourceError('more than 50 pages')
    const onward = new URL(url)
    onward.searchParams.set('cursor', next)
    return onward.origin === new URL(source.baseUrl).origin ? onward.href : undefined
  },
  async probe(source: Settings, io: Io) {
    const answer = await io.http({ method: 'GET', url: source.baseUrl })
    return {
      reachable: answer.status < 500,
      detail: `answered ${answer.status}`,
      clockSkewMs: null as number | null,
    }
  },
}

function adapterOf(changed: Partial<typeof steps>): IndicatorAdapter {
  const own = { ...steps, ...changed }
  return {
    version: '1.0.0',
    settings: SettingsSchema,
    mapping: MappingSchema,
    probe: (source, io) => own.probe(source as Settings, io),
    async *read(settings: unknown, mapping: unknown, _window: Window, io: Io) {
      const source = settings as Settings
      let url: string | undefined = `${source.baseUrl}${(mapping as Mapping).path}`
      for (let nth = 1; url !== undefined; nth++) {
        own.begin(io)
        const answer: HttpAnswer = await own.ask(url, source, io)
        own.expectGood(answer, source, io)
        const page: Page = { readings: [], refusals: [] }
        for (const [index, row] of own.rowsOf(answer.body).entries()) {
          const read = own.readRow(row, index, answer, url, source, io)
          if ('reading' in read) page.readings.push(read.reading)
          else page.refusals.push(read.refusal)
        }
        url = own.nextUrl(answer.body, url, source, nth)
        yield page
      }
    },
  }
}

const page = (rows: unknown[], next: string | null) => ({ data: rows, next })
const recording: Recording = {
  source: { baseUrl: 'http://recorded.invalid', keySecret: 'KEY' },
  mapping: { path: '/rows' },
  window: { from: '2026-08-06T00:00:00+08:00', to: '2026-08-06T14:32:00+08:00' },
  now: '2026-08-06T06:32:00.000Z',
  timeZone: 'Asia/Shanghai',
  secrets: { KEY: 'recorded-key-of-the-twin' },
  http: [
    {
      method: 'GET',
      url: 'http://recorded.invalid/rows',
      status: 200,
      headers: {},
      answer: page(
        [
          { region: '220100', at: '2026-08-06T05:00:00Z', value: 3 },
          { region: 'x', at: '', value: 1 },
        ],
        'p2',
      ),
    },
    {
      method: 'GET',
      url: 'http://recorded.invalid/rows?cursor=p2',
      status: 200,
      headers: {},
      answer: page([{ region: '220100', at: '2026-08-06T06:00:00Z', value: null }], null),
    },
  ],
  files: {},
  expect: { readings: 2, nulls: 1, refusals: 1 },
}

export const honest = { adapter: adapterOf({}), recording }

let calls = 0

/** By the name of the check each must fail. */
export const twins: Record<string, IndicatorAdapter> = {
  'reads its recording: the number of readings, nulls and refusals that was written down': adapterOf({
    readRow(...args) {
      const read = steps.readRow(...args)
      return 'reading' in read ? { reading: { ...read.reading, value: read.reading.value ?? 0 } } : read
    },
  }),
  'gives readings that are valid and finite': adapterOf({
    readRow(...args) {
      const read = steps.readRow(...args)
      return 'reading' in read ? { reading: { ...read.reading, value: Number.NaN } } : read
    },
  }),
  'reads the same twice and changes nothing it was given': adapterOf({
    readRow(...args) {
      const read = steps.readRow(...args)
      return 'reading' in read ? { reading: { ...read.reading, value: (calls += 1) } } : read
    },
  }),
  'never makes a reading of junk, and says so only by a SourceError': adapterOf({
    rowsOf: (body) => (JSON.parse(body) as { data: unknown[] }).data,
  }),
  'refuses what stands in place of a number, row by row': adapterOf({
    readRow(row, ...rest) {
      const value = Number((row as { value?: unknown } | null)?.value)
      const read = steps.readRow({ ...(row as object), value: 1 }, ...rest)
      return 'reading' in read ? { reading: { ...read.reading, value } } : read
    },
  }),
  'takes a bad status for no answer, and passes on the wait the source asks for': adapterOf({
    expectGood: () => {},
  }),
  'stops when it is told to: at once, between pages, and while an answer hangs': adapterOf({
    begin: () => {},
  }),
  'lets no secret into lineage, refusals or errors, even when the source echoes it': adapterOf({
    expectGood(answer, source, io) {
      if (answer.status !== 200)
        throw new SourceError(`answered ${answer.status} to the key ${io.secret(source.keySecret)}`)
    },
  }),
  'asks no other origin than its settings name, and no file outside its folder': adapterOf({
    async ask(url, source, io) {
      const answer = await steps.ask(url, source, io)
      const onward = /<([^>]+)>/.exec(answer.headers['link'] ?? '')?.[1]
      return onward === undefined ? answer : io.http({ method: 'GET', url: onward })
    },
  }),
  'never waits by itself: pauses are the runner’s': adapterOf({
    async ask(url, source, io) {
      await new Promise((resolve) => void setTimeout(resolve, 1))
      return steps.ask(url, source, io)
    },
  }),
  'comes to an end when the source does not': adapterOf({
    nextUrl: (body, url, source) => steps.nextUrl(body, url, source, 1),
  }),
  'probes without a fault of its own, whatever answers': adapterOf({
    async probe(source, io) {
      const answer = await io.http({ method: 'GET', url: source.baseUrl })
      return { reachable: true, detail: String(JSON.parse(answer.body)), clockSkewMs: null }
    },
  }),
}
