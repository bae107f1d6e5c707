import * as v from 'valibot'
import { LocalTextSchema } from './text.ts'

/** Head of a file of indicators: the pack that it is, and the version of it. */
export const PackHeadSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'a pack’s id looks like eco or eco-water')),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  title: LocalTextSchema,
})
export type PackHead = v.InferOutput<typeof PackHeadSchema>
