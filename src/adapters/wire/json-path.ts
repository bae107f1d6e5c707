import { query, type JsonValue } from 'jsonpath-rfc9535'
import * as v from 'valibot'

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
