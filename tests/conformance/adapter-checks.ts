import * as v from 'valibot'
import { expect } from 'vitest'
import { type IndicatorAdapter, SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { HttpAnswer } from '../../src/contracts/io.ts'
import { InstantSchema } from '../../src/domain/instant.ts'
import {
  ComparisonSchema,
  IntervalSchema,
  ObservationStatusSchema,
  QualityFlagSchema,
} from '../../src/domain/observation.ts'
import { labelSpan } from '../../src/domain/period-label.ts'
import { RegionCodeSchema } from '../../src/domain/region.ts'
import { isUnit } from '../../src/domain/unit.ts'
import { type Recording, answerWith } from '../support/recording.ts'
import { type Outcome, mayEndWith, readAll, withLeaves } from './adapter-run.ts'

export interface Check {
  name: string
  /** Rejects when the adapter breaks the rule. */
  run(adapter: IndicatorAdapter, recording: Recording): Promise<void>
}

const FiniteSchema = v.pipe(v.number(), v.finite())

function readingSchema(timeZone: string) {
  const label = v.pipe(
    v.string(),
    v.check((text) => isLabel(text, timeZone), 'not a label of domain/period.ts'),
  )
  return v.strictObject({
    region: RegionCodeSchema,
    dims: v.record(v.string(), v.string()),
    at: v.union([
      v.strictObject({
        instant: v.pipe(
          InstantSchema,
          v.check((text) => !Number.isNaN(Date.parse(text)), 'no such instant'),
        ),
      }),
      v.strictObject({ label }),
    ]),
    value: v.nullable(FiniteSchema),
    unit: v.pipe(v.string(), v.check(isUnit, 'not in the unit table')),
    status: v.optional(ObservationStatusSchema),
    flags: v.optional(v.array(QualityFlagSchema)),
    resultTime: v.optional(InstantSchema),
    comparisons: v.optional(v.array(v.strictObject({ ...ComparisonSchema.entries, value: FiniteSchema }))),
    interval: v.optional(v.array(IntervalSchema)),
    lineage: v.strictObject({
      request: v.pipe(v.string(), v.nonEmpty()),
      rawSha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      steps: v.array(v.strictObject({ step: v.string(), detail: v.string() })),
      record: v.optional(
        v.strictObject({
          place: v.pipe(v.string(), v.nonEmpty()),
          text: v.pipe(v.string(), v.maxLength(2_000)),
        }),
      ),
    }),
  })
}

/** One label, or a range of two: 2026-01/2026-06. */
function isLabel(text: string, timeZone: string): boolean {
  const spans = text.split('/').map((label) => labelSpan(label, timeZone))
  return spans.length <= 2 && spans.every((span) => span !== undefined)
}

function expectValid({ readings, refusals }: Outcome, recording: Recording): void {
  const schema = readingSchema(recording.timeZone)
  for (const reading of readings)
    expect(v.safeParse(schema, reading).issues, JSON.stringify(reading)).toBeUndefined()
  for (const { row, reason } of refusals)
    expect(row !== '' && reason !== '', 'a refusal names its row and its reason').toBe(true)
}

function expectOrderlyEnd({ error }: Outcome): void {
  if (!mayEndWith(error)) throw new Error('ended with something else than a SourceError', { cause: error })
}

const junkBodies: [name: string, body: string][] = [
  ['null', 'null'],
  ['an empty list', '[]'],
  ['an empty object', '{}'],
  ['a bare word', '"x"'],
  ['no JSON', 'x'],
  ['nothing', ''],
  ['HTML', '<!doctype html><html><body>502 Bad Gateway</body></html>'],
  ['half an answer', '{"data":[{"value":1'],
  ['too much', 'x'.repeat(9_000_000)],
  ['a deep hole', '['.repeat(50_000)],
]
/** Each takes the place of every number, or of every leaf, of a good answer. */
const poison = [
  '1e999',
  '-1e999',
  'true',
  '"NaN"',
  '"Infinity"',
  '"1,23"',
  '{}',
  '[]',
  '"x"',
  '""',
  '"=1+1"',
  `"${'9'.repeat(400)}"`,
]

export const adapterChecks: Check[] = [
  {
    name: 'reads its recording: the number of readings, nulls and refusals that was written down',
    async run(adapter, recording) {
      const outcome = await readAll(adapter, recording)
      expect(outcome.error).toBeUndefined()
      const { readings, refusals } = outcome
      const nulls = readings.filter(({ value }) => value === null).length
      expect({ readings: readings.length, nulls, refusals: refusals.length }).toEqual(recording.expect)
    },
  },
  {
    name: 'gives readings that are valid and finite',
    async run(adapter, recording) {
      expectValid(await readAll(adapter, recording), recording)
    },
  },
  {
    name: 'reads the same twice and changes nothing it was given',
    async run(adapter, recording) {
      const [first, second] = [await readAll(adapter, recording), await readAll(adapter, recording)]
      expect(first.error ?? second.error).toBeUndefined()
      expect(second.readings).toEqual(first.readings)
      expect(second.refusals).toEqual(first.refusals)
    },
  },
  {
    name: 'never makes a reading of junk, and says so only by a SourceError',
    async run(adapter, recording) {
      for (const [name, body] of junkBodies) {
        const outcome = await readAll(adapter, recording, {
          http: () => answerWith(body),
          file: () => new TextEncoder().encode(body),
        })
        expectOrderlyEnd(outcome)
        expect(outcome.readings, name).toEqual([])
      }
    },
  },
  {
    name: 'refuses what stands in place of a number, row by row',
    async run(adapter, recording) {
      for (const leaf of poison) {
        for (const all of [false, true]) {
          const outcome = await readAll(adapter, recording, {
            http: (_, recorded) =>
              withLeaves(recorded ?? answerWith('{}'), (old) =>
                all || typeof old === 'number' ? leaf : JSON.stringify(old),
              ),
            // Bytewise, so that it holds in every encoding; in a packed file it makes rubbish, which is a test too.
            file: (_, bytes) =>
              Buffer.from(
                Buffer.from(bytes)
                  .toString('latin1')
                  .replaceAll(/(?<=,)[\d.]+(?=,)/g, leaf),
                'latin1',
              ),
          })
          expectOrderlyEnd(outcome)
          expectValid(outcome, recording)
        }
      }
    },
  },
  {
    name: 'takes a bad status for no answer, and passes on the wait the source asks for',
    async run(adapter, recording) {
      for (const status of recording.http.length === 0 ? [] : [301, 401, 404, 429, 500, 503]) {
        const outcome = await readAll(adapter, recording, {
          http: () => answerWith('{"data":[]}', { status, headers: { 'retry-after': '7' } }),
        })
        expect(outcome.error, `status ${status}`).toBeInstanceOf(SourceError)
        expect(outcome.readings).toEqual([])
        if (status === 429 || status === 503) expect((outcome.error as SourceError).retryAfterMs).toBe(7_000)
      }
    },
  },
  {
    name: 'stops when it is told to: at once, between pages, and while an answer hangs',
    async run(adapter, recording) {
      const before = await readAll(adapter, recording, { signal: AbortSignal.abort() })
      expectOrderlyEnd(before)
      expect([before.readings.length, before.asked.requests.length]).toEqual([0, 0])
      const between = new AbortController()
      let requests = 0
      const stopped = await readAll(adapter, recording, {
        signal: between.signal,
        http: (_, recorded, nth) => ((requests = nth), recorded ?? answerWith('{}')),
        afterPage: () => between.abort(),
      })
      expectOrderlyEnd(stopped)
      expect([stopped.pages <= 2, stopped.asked.requests.length <= requests + 1]).toEqual([true, true])
      expect(stopped.pages, 'pages after the abort').toBe(Math.min(stopped.pages, 1))
      await stopsWhileHanging(adapter, recording)
    },
  },
  {
    name: 'lets no secret into lineage, refusals or errors, even when the source echoes it',
    async run(adapter, recording) {
      const secrets = Object.values(recording.secrets)
      const echo = secrets.join(' ')
      const answers: ((recorded: HttpAnswer) => HttpAnswer)[] = [
        (recorded) => recorded,
        () => answerWith(JSON.stringify({ code: 9, msg: echo, message: echo, error: echo }), { status: 200 }),
        () => answerWith(JSON.stringify({ error: echo }), { status: 401 }),
        (recorded) => withLeaves(recorded, (leaf) => JSON.stringify(typeof leaf === 'string' ? echo : leaf)),
      ]
      for (const answer of answers) {
        const { readings, refusals, error } = await readAll(adapter, recording, {
          http: (_, recorded) => answer(recorded ?? answerWith('{}')),
        })
        const told = JSON.stringify([
          readings.map(({ lineage }) => lineage),
          refusals,
          error instanceof Error ? [error.message, error.stack] : error,
        ])
        for (const secret of secrets) expect(told.includes(secret), `${secret} is told`).toBe(false)
      }
    },
  },
  {
    name: 'asks no other origin than its settings name, and no file outside its folder',
    async run(adapter, recording) {
      const named = new Set(JSON.stringify(recording.source).match(/https?:\/\/[^/"]+/g) ?? [])
      const elsewhere = {
        link: '<http://169.254.169.254/latest?page=2>; rel="next"',
        location: 'http://169.254.169.254/',
      }
      for (const headers of [{}, elsewhere]) {
        const { asked } = await readAll(adapter, recording, {
          http: (_, recorded) => ({
            ...(recorded ?? answerWith('{}')),
            headers: { ...recorded?.headers, ...headers },
          }),
        })
        for (const { url } of asked.requests) expect([...named]).toContain(new URL(url).origin)
        for (const path of asked.files) expect(Object.keys(recording.files)).toContain(path)
      }
    },
  },
  {
    name: 'never waits by itself: pauses are the runner’s',
    async run(adapter, recording) {
      const [timeout, interval] = [globalThis.setTimeout, globalThis.setInterval]
      let timers = 0
      const counting = <F extends typeof setTimeout | typeof setInterval>(real: F) =>
        ((...args: Parameters<F>) => (
          (timers += 1),
          (real as (...all: unknown[]) => unknown)(...args)
        )) as unknown as F
      Object.assign(globalThis, { setTimeout: counting(timeout), setInterval: counting(interval) })
      try {
        await readAll(adapter, recording)
        await readAll(adapter, recording, {
          http: () => answerWith('', { status: 503, headers: { 'retry-after': '1' } }),
        })
      } finally {
        Object.assign(globalThis, { setTimeout: timeout, setInterval: interval })
      }
      expect(timers).toBe(0)
    },
  },
  {
    name: 'comes to an end when the source does not',
    async run(adapter, recording) {
      const outcome = await readAll(adapter, recording, {
        http: (request, recorded, nth) => endless(recording, recorded, request.url, nth),
      })
      expectOrderlyEnd(outcome)
      expect(outcome.asked.requests.length).toBeLessThan(1_500)
    },
  },
  {
    name: 'probes without a fault of its own, whatever answers',
    async run(adapter, recording) {
      const { replay } = await import('../support/recording.ts')
      const settings = v.parse(adapter.settings, recording.source)
      for (const status of [200, 401, 500]) {
        const { io } = replay(recording, { http: () => answerWith('x', { status }) })
        const probe = await adapter.probe(settings, io).catch((cause: unknown) => cause)
        expect(
          probe instanceof SourceError || typeof (probe as { reachable?: unknown }).reachable === 'boolean',
        ).toBe(true)
      }
    },
  },
]

async function stopsWhileHanging(adapter: IndicatorAdapter, recording: Recording): Promise<void> {
  const control = new AbortController()
  const hanging = () =>
    new Promise<HttpAnswer>((_, reject) => {
      control.signal.addEventListener('abort', () => reject(control.signal.reason as Error))
      queueMicrotask(() => control.abort())
    })
  const outcome = await readAll(adapter, recording, { signal: control.signal, http: hanging })
  if (recording.http.length === 0) return
  expectOrderlyEnd(outcome)
  expect(outcome.asked.requests.length).toBe(1)
}

/** The first page again and again, always with a way on: the cursor and the link count upwards. */
function endless(
  recording: Recording,
  recorded: HttpAnswer | undefined,
  url: string,
  nth: number,
): HttpAnswer {
  const data = recording.http.find(({ method }) => method === recording.http.at(-1)?.method)
  const first =
    recorded && nth < 2
      ? recorded
      : answerWith(JSON.stringify(data?.answer ?? {}), { headers: data?.headers ?? {} })
  const link = new URL(url)
  link.searchParams.set('endless', String(nth))
  const body = first.body.replace(/("(?:next|cursor)[^"]*"\s*:\s*)"[^"]*"/gi, `$1"${nth}"`)
  return {
    ...first,
    body,
    headers: { ...first.headers, ...('link' in first.headers ? { link: `<${link.href}>; rel="next"` } : {}) },
  }
}
