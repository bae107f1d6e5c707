import * as v from 'valibot'
import type { IndicatorAdapter, Window } from '../src/contracts/indicator-adapter.ts'
import type { FileAnswer, HttpAnswer, Io } from '../src/contracts/io.ts'
import { answerWith, type Recording } from '../tests/support/recording.ts'

export interface ReadToRecord {
  source: Record<string, unknown>
  mapping: Record<string, unknown>
  window: Window
  io: Io
}

/** Headers a replay needs; the others may name servers and sessions. */
const keptHeaders = new Set(['date', 'link', 'retry-after'])

interface Heard {
  answers: HttpAnswer[]
  files: Map<string, FileAnswer>
  /** Real secret → stand-in. */
  standIns: Map<string, string>
  secrets: Record<string, string>
}

/**
 * Reads once from the live source, then once more from what was heard, with stand-ins for the secrets: what is asked in that
 * second read, signatures included, is what a replay will ask, so nothing real has to be kept to match it.
 */
export async function recordRead(adapter: IndicatorAdapter, read: ReadToRecord): Promise<Recording> {
  const heard: Heard = { answers: [], files: new Map(), standIns: new Map(), secrets: {} }
  await drain(adapter, read, opening(listening(read.io, heard)))
  for (const { body } of heard.answers)
    for (const [, token = ''] of body.matchAll(/"access_token"\s*:\s*"([^"]+)"/g))
      heard.standIns.set(token, 'recorded-token')
  const http: Recording['http'] = []
  const outcome = await drain(adapter, read, opening(repeating(read.io, heard, http)))
  return {
    source: read.source,
    mapping: read.mapping,
    window: read.window,
    now: new Date(read.io.now()).toISOString(),
    timeZone: read.io.timeZone,
    secrets: heard.secrets,
    http,
    files: Object.fromEntries(
      [...heard.files].map(([path, { bytes }]) => [path, { base64: Buffer.from(bytes).toString('base64') }]),
    ),
    expect: outcome,
  }
}

function listening(io: Io, heard: Heard): Io {
  return {
    ...io,
    random: () => 0.5,
    async http(request) {
      const answer = await io.http(request)
      heard.answers.push(answer)
      return answer
    },
    async file(path) {
      const answer = await io.file(path)
      heard.files.set(path, answer)
      return answer
    },
    secret(name) {
      const secret = io.secret(name)
      const standIn = `recorded-${name.toLowerCase().replaceAll('_', '-')}`
      heard.standIns.set(secret, standIn)
      heard.secrets[name] = standIn
      return secret
    },
  }
}

function repeating(io: Io, heard: Heard, http: Recording['http']): Io {
  return {
    ...io,
    random: () => 0.5,
    async http(request) {
      const real = heard.answers[http.length]
      if (!real) throw new Error('the second read asks more than the first: the adapter is not repeatable')
      const body = scrub(real.body, heard.standIns)
      const headers = Object.fromEntries(
        Object.entries(real.headers)
          .filter(([name]) => keptHeaders.has(name))
          .map(([name, value]) => [name, scrub(value, heard.standIns)]),
      )
      http.push({
        method: request.method,
        url: request.url,
        status: real.status,
        headers,
        answer: jsonOf(body),
      })
      return answerWith(body, { status: real.status, headers })
    },
    file: async (path) => heard.files.get(path) ?? io.file(path),
    secret: (name) => heard.secrets[name] ?? io.secret(name),
  }
}

/** An answer that is read as it comes is kept whole, as any other. */
function opening(io: Io): Io {
  return {
    ...io,
    async open(request) {
      const { status, headers, body } = await io.http(request)
      return { status, headers, chunks: inOnePiece(new TextEncoder().encode(body)) }
    },
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

async function drain(
  adapter: IndicatorAdapter,
  { source, mapping, window }: ReadToRecord,
  io: Io,
): Promise<Recording['expect']> {
  const counts = { readings: 0, nulls: 0, refusals: 0 }
  // Parsed anew for each read: what an adapter keeps with its settings, like a token, must not leak from one into the other.
  for await (const page of adapter.read(
    v.parse(adapter.settings, source),
    v.parse(adapter.mapping, mapping),
    window,
    io,
  )) {
    counts.readings += page.readings.length
    counts.nulls += page.readings.filter(({ value }) => value === null).length
    counts.refusals += page.refusals.length
  }
  return counts
}

function scrub(text: string, standIns: ReadonlyMap<string, string>): string {
  return [...standIns].reduce(
    (clean, [secret, standIn]) =>
      clean.replaceAll(secret, standIn).replaceAll(encodeURIComponent(secret), standIn),
    text,
  )
}

function jsonOf(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'string' ? body : value
  } catch {
    return body
  }
}
