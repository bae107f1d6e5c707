import type * as v from 'valibot'
import { AttentionSchema } from '../../src/domain/attention.ts'
import { CityStateSchema } from '../../src/domain/city-state.ts'
import { CityConfigSchema } from '../../src/domain/city.ts'
import { FeaturesConfigSchema } from '../../src/domain/feature-collection.ts'
import { IndicatorSchema } from '../../src/domain/indicator.ts'
import { RegionSchema } from '../../src/domain/region.ts'
import { SceneSchema } from '../../src/domain/scene.ts'
import { SourceSchema } from '../../src/domain/source.ts'
import { StandardTableSchema } from '../../src/domain/standard-table.ts'

interface FileKind<S extends v.GenericSchema> {
  files: RegExp
  required: boolean
  /** Key of the head that a list file may have beside its list. */
  head?: 'pack'
  /** The whole file, or one item of the list under `list`. */
  schema: S
  list?: string
}

const kind = <S extends v.GenericSchema>(entry: FileKind<S>) => entry

/** Which files make a city. A list file is a list, or a map with that list under the kind's own name. */
export const fileKinds = {
  city: kind({ files: /^city\.yaml$/, required: true, schema: CityConfigSchema }),
  sources: kind({ files: /^sources\.yaml$/, required: true, schema: SourceSchema, list: 'sources' }),
  regions: kind({ files: /^regions\.(yaml|json)$/, required: true, schema: RegionSchema, list: 'regions' }),
  indicators: kind({
    files: /^indicators\/[^/]+\.yaml$/,
    required: true,
    schema: IndicatorSchema,
    list: 'indicators',
    head: 'pack',
  }),
  features: kind({ files: /^features\.yaml$/, required: false, schema: FeaturesConfigSchema }),
  scenes: kind({ files: /^scenes\/[^/]+\.yaml$/, required: true, schema: SceneSchema }),
  'city-state': kind({ files: /^city-state\.yaml$/, required: true, schema: CityStateSchema }),
  /** Tables of national standards, one set beside the cities and for all of them. */
  standards: kind({
    files: /^\.\.\/standards\/[^/]+\.yaml$/,
    required: false,
    schema: StandardTableSchema,
    list: 'tables',
  }),
  attention: kind({ files: /^attention\.yaml$/, required: true, schema: AttentionSchema }),
}
export type FileKindName = keyof typeof fileKinds

export function kindOf(relativePath: string): FileKindName | undefined {
  return (Object.keys(fileKinds) as FileKindName[]).find((name) => fileKinds[name].files.test(relativePath))
}
