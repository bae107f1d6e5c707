import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { absentIo } from '../../src/contracts/absent-io.ts'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { HttpAnswer, HttpRequest, Io } from '../../src/contracts/io.ts'

const CountSchema = v.pipe(v.number(), v.integer(), v.minValue(0))

/** One read of one indicator, as it went once: what an adapter's author gives and all the conformance suite asks for. */
export const RecordingSchema = v.strictObject({
  /** Settings of the source and mapping of the indicator, as in YAML. */
  source: v.record(v.string(), v.unknown()),
  mapping: v.record(v.string(), v.unknown()),
  window: v.strictObject({ from: v.string(), to: v.string() }),
  /** The gateway's clock during the read. */
  now: v.string(),
  timeZone: v.optional(v.string(), 'Asia/Shanghai'),
  /** Stand-ins, never the real ones. */
  secrets: v.optional(v.record(v.string(), v.string()), {}),
  http: v.optional(
    v.array(
      v.strictObject({
        method: v.optional(v.picklist(['GET', 'POST']), 'GET'),
        url: v.string(),
        status: v.optional(v.number(), 200),
        headers: v.optional(v.record(v.string(), v.string()), {}),
        /** A JSON value, or the text of any other answer. */
        answer: v.unknown(),
      }),
    ),
    [],
  ),
  /** Files by path, as text or in base64. */
  files: v.optional(
    v.record(
      v.string(),
      v.union([v.strictObject({ text: v.string() }), v.strictObject({ base64: v.string() })]),
    ),
    {},
  ),
  expect: v.strictObject({
    readings: CountSchema,
    nulls: v.optional(CountSchema, 0),
    refusals: v.optional(CountSchema, 0),
  }),
})
export type Recording = v.InferOutput<typeof RecordingSchema>

export interface Asked {
  requests: HttpRequest[]
  files: string[]
}

export interface ReplayChange {
  /** Stands in for what was recorded, or lets it through. */
  http?(request: HttpRequest, recorded: HttpAnswer | undefined, nth: number): HttpAnswer | Promise<HttpAnswer>
  file?(path: string, recorded: Uint8Array): Uint8Array
  signal?: AbortSignal
}

/** The outside world of a recording: the same answers to the same requests, a clock that stands, no randomness. */
export function replay(recording: Recording, change: ReplayChange = {}): { io: Io; asked: Asked } {
  const asked: Asked = { requests: [], files: [] }
  const io: Io = {
    ...absentIo('a recording'),
    async http(request) {
      const nth = asked.requests.push(request)
      const recorded = recordedAnswer(recording, request)
      if (change.http) return await change.http(request, recorded, nth)
      if (!recorded) throw new SourceError(`not recorded: ${request.method} ${request.url}`)
      return recorded
    },
    /** The recorded answer in two pieces, torn in the middle of whatever stands there. */
    async open(request) {
      const { status, headers, body } = await io.http(request)
      const bytes = new TextEncoder().encode(body)
      const middle = Math.ceil(bytes.length / 2)
      return { status, headers, chunks: inPieces([bytes.subarray(0, middle), bytes.subarray(middle)]) }
    },
    file(path) {
      asked.files.push(path)
      const kept = recording.files[path]
      if (!kept) return Promise.reject(new SourceError(`not recorded: ${path}`))
      const original =
        'text' in kept
          ? new TextEncoder().encode(kept.text)
          : Uint8Array.from(Buffer.from(kept.base64, 'base64'))
      const bytes = change.file ? change.file(path, original) : original
      return Promise.resolve({
        name: path.slice(path.lastIndexOf('/') + 1),
        bytes,
        sha256: sha256(bytes),
        modifiedAt: recording.now,
      })
    },
    now: () => Date.parse(recording.now),
    random: () => 0.5,
    signal: change.signal ?? new AbortController().signal,
    secret(name) {
      const secret = recording.secrets[name]
      if (secret === undefined) throw new SourceError(`secret ${name} is not set`)
      return secret
    },
    timeZone: recording.timeZone,
  }
  return { io, asked }
}

async function* inPieces(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await Promise.resolve()
    yield piece
  }
}

function recordedAnswer(recording: Recording, request: HttpRequest): HttpAnswer | undefined {
  const kept = recording.http.find(({ method, url }) => method === request.method && url === request.url)
  return kept && answerWith(typeof kept.answer === 'string' ? kept.answer : JSON.stringify(kept.answer), kept)
}

export function answerWith(
  body: string,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): HttpAnswer {
  return { status, headers, body, unchanged: false, sha256: sha256(body) }
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
