import * as v from 'valibot'
import { JsonPathSchema } from './json-path.ts'

const ParameterSchema = v.pipe(v.string(), v.nonEmpty())
const SizeSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))
const place = v.optional(v.picklist(['query', 'body']), 'query')

/** How a source hands out a long answer. The caps of limits.ts hold for every kind. */
export const PagingSchema = v.optional(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('none') }),
    v.strictObject({
      kind: v.literal('page'),
      in: place,
      page: ParameterSchema,
      size: ParameterSchema,
      rows: SizeSchema,
      first: v.optional(v.picklist([0, 1]), 1),
    }),
    v.strictObject({
      kind: v.literal('offset'),
      in: place,
      offset: ParameterSchema,
      limit: ParameterSchema,
      rows: SizeSchema,
    }),
    v.strictObject({
      kind: v.literal('cursor'),
      in: place,
      parameter: ParameterSchema,
      next: JsonPathSchema,
    }),
    v.strictObject({ kind: v.literal('link') }),
  ]),
  { kind: 'none' },
)
export type Paging = v.InferOutput<typeof PagingSchema>
