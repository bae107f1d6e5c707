import { query, type JsonValue } from 'jsonpath-rfc9535'
import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'

export type { JsonValue }

/** RFC 9535, checked when the city is read so that a slip is told with its line. */
export const JsonPathSchema = v.pipe(
  v.string(),
  v.startsWith('$'),
  v.check(parses, 'not a JSONPath of RFC 9535'),
)

function parses(path: string): boolean {
  try {
    query(null, path)
    return true
  } catch {
    return false
  }
}

export function allMatches(body: JsonValue, path: string): JsonValue[] {
  const steps = plainSteps(path)
  return steps ? followed(body, steps) : query(body, path)
}

export function firstMatch(body: JsonValue, path: string): JsonValue | undefined {
  return allMatches(body, path)[0]
}

type Step = string | number | typeof everyChild
const everyChild = Symbol('[*]')
const plainPaths = new Map<string, readonly Step[] | undefined>()

/**
 * Names, indexes and [*] in a row, which is nearly every path of a city: the library parses a path at each use, and that
 * cost more than reading the answer. Anything else (filters, slices, quotes, ..) stays with the library.
 */
function plainSteps(path: string): readonly Step[] | undefined {
  if (plainPaths.has(path)) return plainPaths.get(path)
  const plain = /^\$(\.[A-Za-z_][A-Za-z0-9_]*|\[(0|[1-9]\d*)\]|\[\*\])*$/.test(path)
  const steps = plain
    ? (path.slice(1).match(/[A-Za-z_][A-Za-z0-9_]*|\d+|\*/g) ?? []).map((step): Step => {
        if (step === '*') return everyChild
        return /^\d/.test(step) ? Number(step) : step
      })
    : undefined
  plainPaths.set(path, steps)
  return steps
}

function followed(body: JsonValue, steps: readonly Step[]): JsonValue[] {
  let found: JsonValue[] = [body]
  for (const step of steps) found = found.flatMap((value) => children(value, step))
  return found
}

function children(value: JsonValue, step: Step): JsonValue[] {
  if (value === null || typeof value !== 'object') return []
  if (step === everyChild) return Object.values(value)
  if (Array.isArray(value)) return typeof step === 'number' && step < value.length ? [value[step]!] : []
  return typeof step === 'string' && Object.hasOwn(value, step) ? [value[step]!] : []
}

/** The answer's text as an object or array. A bare word or number, HTML, or nothing is the source's error. */
export function parseJson(text: string): JsonValue {
  let body: JsonValue
  try {
    body = JSON.parse(text) as JsonValue
  } catch {
    const kind = /^\s*</.test(text) ? 'HTML or XML' : text.trim() === '' ? 'an empty body' : 'something else'
    throw new SourceError(`the answer is not JSON but ${kind}`)
  }
  if (typeof body !== 'object' || body === null)
    throw new SourceError('the answer is JSON but neither an object nor an array')
  return body
}
