import * as v from 'valibot'

interface AnySchema {
  type: string
  entries?: Record<string, AnySchema>
  item?: AnySchema
  items?: AnySchema[]
  wrapped?: AnySchema
  options?: readonly unknown[]
  literal?: unknown
  value?: AnySchema
  pipe?: { kind: string; type: string; requirement?: unknown }[]
}

/** Tried in turn where a schema wants a text of some form. */
const texts = ['a', 'MAC.GDP.TOTAL', '220100', 'PT1H', '2026-08-06T00:00:00Z', '2026', 'yoy']
const numbers = [1, 0, 10, 100]

/** Some value the schema accepts: what is required and nothing else. Undefined where none is found. */
export function sampleOf(schema: v.GenericSchema): unknown {
  const value = draft(schema)
  return v.is(schema, value) ? value : undefined
}

function draft(schema: AnySchema): unknown {
  const fits = (value: unknown) => v.is(schema as unknown as v.GenericSchema, value)
  switch (schema.type) {
    case 'string':
      return texts.find(fits)
    case 'number':
      return numbers.find(fits)
    case 'boolean':
      return false
    case 'picklist':
      return schema.options?.[0]
    case 'literal':
      return schema.literal
    case 'array':
      return schema.item ? [draft(schema.item)] : []
    case 'tuple':
    case 'strict_tuple':
      return schema.items?.map(draft)
    case 'union':
    case 'variant':
      return (schema.options as AnySchema[]).map(draft).find(fits)
    case 'object':
    case 'strict_object':
    case 'loose_object':
      return required(schema.entries ?? {})
    default:
      return fits({}) ? {} : undefined
  }
}

function required(entries: Record<string, AnySchema>): Record<string, unknown> {
  const wanted = Object.entries(entries).filter(
    ([, entry]) => !['optional', 'exact_optional', 'nullish', 'undefinedable'].includes(entry.type),
  )
  return Object.fromEntries(wanted.map(([key, entry]) => [key, draft(entry)]))
}
