import * as v from 'valibot'
import { type IndicatorAdapter, SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { HttpAnswer } from '../../src/contracts/io.ts'
import type { Reading, Refusal } from '../../src/domain/reading.ts'
import { type Asked, type Recording, type ReplayChange, replay } from '../support/recording.ts'

export interface Outcome {
  pages: number
  readings: Reading[]
  refusals: Refusal[]
  /** What the read ended with, when it did not end by itself. */
  error: unknown
  asked: Asked
}

/** One read of a recording to its end, whatever the end is. A page count beyond all reason is stopped. */
export async function readAll(
  adapter: IndicatorAdapter,
  recording: Recording,
  change: ReplayChange & { afterPage?(pages: number): void } = {},
): Promise<Outcome> {
  const { io, asked } = replay(recording, change)
  const outcome: Outcome = { pages: 0, readings: [], refusals: [], error: undefined, asked }
  const settings = deepFreeze(v.parse(adapter.settings, recording.source))
  const mapping = deepFreeze(v.parse(adapter.mapping, recording.mapping))
  try {
    for await (const page of adapter.read(settings, mapping, Object.freeze({ ...recording.window }), io)) {
      outcome.pages += 1
      outcome.readings.push(...page.readings)
      outcome.refusals.push(...page.refusals)
      change.afterPage?.(outcome.pages)
      if (outcome.pages > mostPages) throw new Error(`still reading after ${mostPages} pages`)
    }
  } catch (cause) {
    outcome.error = cause
  }
  return outcome
}

export const mostPages = 2_000

/** What an adapter may end with: an expected failure of its source, or the abort it was told of. */
export function mayEndWith(error: unknown): boolean {
  return (
    error === undefined ||
    error instanceof SourceError ||
    (error instanceof Error && error.name === 'AbortError')
  )
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze)
    Object.freeze(value)
  }
  return value
}

/** A recorded answer with every leaf of its JSON changed, or as it is where it is no JSON. */
export function withLeaves(answer: HttpAnswer, change: (leaf: unknown) => string): HttpAnswer {
  try {
    const body: unknown = JSON.parse(answer.body)
    return { ...answer, body: write(body, change) }
  } catch {
    return answer
  }
}

// Written by hand, because a leaf may be what JSON.stringify would refuse to write: 1e999.
function write(node: unknown, change: (leaf: unknown) => string): string {
  if (Array.isArray(node)) return `[${node.map((item) => write(item, change)).join(',')}]`
  if (typeof node !== 'object' || node === null) return change(node)
  return `{${Object.entries(node)
    .map(([key, value]) => `${JSON.stringify(key)}:${write(value, change)}`)
    .join(',')}}`
}
