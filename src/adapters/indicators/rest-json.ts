import * as v from 'valibot'
import { AuthSchema } from '../wire/auth.ts'
import { WindowFormatSchema } from '../wire/city-time.ts'
import { JsonPathSchema } from '../wire/json-path.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { PagingSchema } from '../wire/paging.ts'
import { rowFieldsSchema } from '../wire/row-fields.ts'

/** A source that answers JSON over HTTP, as it stands in sources.yaml. */
export const RestJsonSettingsSchema = v.strictObject({
  /** Everything is asked on this origin, below this path. `${NAME}` in it is filled from the environment when the city is read. */
  baseUrl: v.pipe(
    v.string(),
    v.url(),
    v.regex(/^https?:\/\/[^?#@]+$/, 'http(s) without user, query or fragment'),
  ),
  auth: AuthSchema,
  headers: v.optional(v.record(v.string(), v.string()), {}),
  paging: PagingSchema,
  /** Business result inside HTTP 200: the answer is good only when the value at `path` is one of `values`. */
  ok: v.optional(
    v.strictObject({
      path: JsonPathSchema,
      values: v.pipe(v.array(v.union([v.string(), v.number(), v.boolean()])), v.minLength(1)),
      message: v.optional(JsonPathSchema),
    }),
  ),
  probePath: v.optional(v.pipe(v.string(), v.startsWith('/')), '/'),
  limits: LimitsSchema,
})

/** One indicator on such a source. {from} and {to} in path, query and body become the window's ends. */
export const RestJsonMappingSchema = v.strictObject({
  path: v.pipe(v.string(), v.startsWith('/')),
  method: v.optional(v.picklist(['GET', 'POST']), 'GET'),
  query: v.optional(v.record(v.string(), v.string()), {}),
  /** Sent as JSON; only for a POST that is a read. */
  body: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()]))),
  windowFormat: v.optional(WindowFormatSchema, 'rfc3339'),
  /** Every match is one row: $.data[*], $.data[?@.code=='PM25']. */
  rows: JsonPathSchema,
  fields: rowFieldsSchema(JsonPathSchema),
})
