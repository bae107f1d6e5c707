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
  return query(body, path)
}

export function firstMatch(body: JsonValue, path: string): JsonValue | undefined {
  return query(body, path)[0]
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
