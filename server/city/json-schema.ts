import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { OgcFeaturesSettingsSchema } from '../../src/adapters/wire/ogc-items.ts'
import { PackHeadSchema } from '../../src/domain/pack.ts'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { FEATURE_PROTOCOL } from '../../src/domain/feature-collection.ts'
import { variablePattern } from '../ingest/settings.ts'
import { type FileKindName, fileKinds } from './file-kinds.ts'

type Json = Record<string, unknown>

/** JSON Schema of every file of a city, for editors: completion and a mark under a wrong key while typing. */
export function citySchemas(adapters: ReadonlyMap<string, IndicatorAdapter>): Map<string, Json> {
  const names = Object.keys(fileKinds) as FileKindName[]
  return new Map(names.map((name) => [`${name}.schema.json`, fileSchema(name, adapters)]))
}

function fileSchema(name: FileKindName, adapters: ReadonlyMap<string, IndicatorAdapter>): Json {
  const { schema, list, head: headKey } = fileKinds[name]
  const item = withAdapters(name, plain(schema), adapters)
  const head = { $schema: 'http://json-schema.org/draft-07/schema#', title: `Citydeck ${name}` }
  // Keys that begin with x- hold YAML anchors for the rest of the file.
  const anchors = { patternProperties: { '^x-': {} } }
  if (list === undefined) return { ...head, ...item, ...anchors }
  const items = { type: 'array', items: { $ref: '#/definitions/item' } }
  const wrapped = {
    type: 'object',
    properties: { ...(headKey ? { [headKey]: plain(PackHeadSchema) } : {}), [list]: items },
    required: [list],
    additionalProperties: false,
    ...anchors,
  }
  return { ...head, definitions: { item }, anyOf: [wrapped, items] }
}

/** Draft 7 is what YAML editors read. Rules a JSON Schema cannot say are left to the gateway, which checks all of them. */
function plain(schema: GenericSchema): Json {
  const { $schema: _, ...rest } = toJsonSchema(schema, {
    target: 'draft-07',
    typeMode: 'input',
    errorMode: 'ignore',
    ignoreActions: ['check', 'url'],
  }) as Json
  return withVariables(rest) as Json
}

/** Where an address is wanted, `${NAME}` may stand for it until the gateway starts. */
function withVariables(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withVariables)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === 'pattern' && typeof value === 'string' && value.startsWith('^https?')
        ? [key, `${value}|^${variablePattern.source}`]
        : [key, withVariables(value)],
    ),
  )
}

/** Settings and mapping are an adapter's own: of the adapter a source names, and of any adapter for an indicator. */
function withAdapters(name: FileKindName, item: Json, adapters: ReadonlyMap<string, IndicatorAdapter>): Json {
  const entries = [...adapters].toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (name === 'sources') {
    const choices = entries.map(([id, adapter]) => ({
      if: { properties: { adapter: { const: id } } },
      // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's own word
      then: { properties: { settings: plain(adapter.settings) } },
    }))
    const known = { properties: { adapter: { enum: entries.map(([id]) => id) } } }
    return { ...item, allOf: [known, ...choices] }
  }
  if (name === 'features') return withFeatureSettings(item)
  if (name !== 'indicators') return item
  const mapping = { anyOf: entries.map(([, adapter]) => plain(adapter.mapping)) }
  return { ...item, properties: replaceMapping(item['properties'], mapping) }
}

function replaceMapping(properties: unknown, mapping: Json): Json {
  const all = structuredClone(properties) as { sources: { items: { properties: Json } } }
  all.sources.items.properties['mapping'] = mapping
  return all
}

/** Sources of collections speak one protocol, so its settings are all there are. */
function withFeatureSettings(item: Json): Json {
  const all = structuredClone(item) as { properties: { sources: { items: { properties: Json } } } }
  const source = all.properties.sources.items.properties
  source['adapter'] = { const: FEATURE_PROTOCOL }
  source['settings'] = plain(OgcFeaturesSettingsSchema)
  return all
}
