import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { JsonPathSchema, type JsonValue, firstMatch } from './json-path.ts'
import { describe } from './number-text.ts'

export const ScalarSchema = v.union([v.string(), v.number(), v.boolean(), v.null()])

/** Business result inside HTTP 200: the answer is good only when the value at `path` is one of `values`. */
export const BusinessResultSchema = v.strictObject({
  path: JsonPathSchema,
  values: v.pipe(v.array(ScalarSchema), v.minLength(1)),
  message: v.optional(JsonPathSchema),
})
type BusinessResult = v.InferOutput<typeof BusinessResultSchema>

/** An answer without the code is as bad as one with a wrong code: it may be an error page of a gateway in between. */
export function expectOk(rule: BusinessResult | undefined, body: JsonValue, asked: string): void {
  if (rule === undefined) return
  const code = firstMatch(body, rule.path)
  if (code !== undefined && rule.values.some((value) => value === code)) return
  const message = rule.message === undefined ? undefined : firstMatch(body, rule.message)
  const said = message === undefined ? '' : `, ${describe(message)}`
  throw new SourceError(
    `${asked}: the source says ${code === undefined ? 'nothing' : describe(code)} at ${rule.path}${said}`,
  )
}
