import { join } from 'node:path'
import * as v from 'valibot'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import type { AttentionConfig } from '../../src/domain/attention.ts'
import type { CityStateConfig } from '../../src/domain/city-state.ts'
import type { CityConfig } from '../../src/domain/city.ts'
import { type FeaturesConfig, FeaturesConfigSchema } from '../../src/domain/feature-collection.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import type { Region } from '../../src/domain/region.ts'
import type { Scene } from '../../src/domain/scene.ts'
import type { Source } from '../../src/domain/source.ts'
import { type StandardTable, gradingsOf } from '../../src/domain/standard-table.ts'
import { type FolderFile, hashOf, readFolder, readStandards } from './city-folder.ts'
import { type FileKindName, fileKinds, kindOf } from './file-kinds.ts'
import { type Placed, referenceErrors } from './references.ts'
import { type Variables, variableErrors } from './source-variables.ts'
import { type CityPack, packOf } from '../packs/pack-file.ts'
import { type CityError, readJson, readYaml, schemaErrors } from './yaml-file.ts'

/** A city as its folder describes it, checked as a whole. */
export interface City {
  city: CityConfig
  indicators: Indicator[]
  regions: Region[]
  sources: Source[]
  /** Empty where the city has no features.yaml. */
  features: FeaturesConfig
  scenes: Scene[]
  cityState: CityStateConfig
  attention: AttentionConfig
  /** Its files of indicators, as they stand. */
  packs: CityPack[]
  /** Of the files' bytes: changes with any of them. */
  hash: string
}

export type Loaded = City | { errors: CityError[] }

/**
 * Reads `cities/<city>`. Either everything holds together, or every fault is told with its file and line. Throws nothing.
 * @param variables what its sources may name; absent where none of them is going to be asked
 */
export async function loadCity(
  folder: string,
  adapters: ReadonlyMap<string, IndicatorAdapter>,
  variables?: Variables,
): Promise<Loaded> {
  let files: FolderFile[]
  try {
    files = [...(await readFolder(folder)), ...(await readStandards(folder))]
  } catch {
    return {
      errors: [
        {
          file: folder,
          line: 1,
          column: 1,
          message: 'there is no such folder, or it cannot be read: check CITY',
        },
      ],
    }
  }
  const errors: CityError[] = []
  const placed = Object.fromEntries(
    Object.keys(fileKinds).map((name) => [name, []]),
  ) as unknown as PlacedFiles
  const packs: CityPack[] = []
  for (const file of files) errors.push(...readInto(placed, packs, folder, file))
  errors.push(...missingFiles(folder, files))
  // References into a file that could not be read would all be reported as unknown: the cause comes first.
  if (errors.length === 0) errors.push(...referenceErrors(placed, adapters))
  if (errors.length === 0 && variables) errors.push(...variableErrors(placed, adapters, variables))
  if (errors.length > 0) return { errors }
  const values = <K extends FileKindName>(name: K) => placed[name].map(({ value }) => value)
  return {
    city: placed.city[0]!.value,
    indicators: values('indicators').map((indicator) => graded(indicator, values('standards'))),
    regions: values('regions'),
    sources: values('sources'),
    features: placed.features[0]?.value ?? v.parse(FeaturesConfigSchema, { sources: [], collections: [] }),
    scenes: values('scenes'),
    cityState: placed['city-state'][0]!.value,
    attention: placed.attention[0]!.value,
    packs,
    hash: hashOf(files),
  }
}

function graded(indicator: Indicator, standards: readonly StandardTable[]): Indicator {
  const bands = [...(indicator.bands ?? []), ...gradingsOf(indicator.code, standards)]
  return bands.length === 0 ? indicator : { ...indicator, bands }
}

export type PlacedFiles = { [K in FileKindName]: Placed<v.InferOutput<(typeof fileKinds)[K]['schema']>>[] }

function readInto(
  placed: PlacedFiles,
  packs: CityPack[],
  folder: string,
  { path, text }: FolderFile,
): CityError[] {
  const full = join(folder, path)
  const name = kindOf(path)
  if (name === undefined) {
    const known =
      'city.yaml, sources.yaml, features.yaml, regions.yaml, city-state.yaml, attention.yaml, indicators/*.yaml, scenes/*.yaml'
    return [{ file: full, line: 1, column: 1, message: `not a file of a city; there are ${known}` }]
  }
  const file = path.endsWith('.json') ? readJson(full, text) : readYaml(full, text)
  if ('errors' in file) return file.errors
  const { schema, list, head } = fileKinds[name]
  const pack = head ? packOf(path, text, file) : undefined
  if (pack && 'errors' in pack) return pack.errors
  if (pack) packs.push(pack)
  const items = listItems(file.value, list, head)
  if (items === undefined)
    return [file.errorAt([], `a list is wanted, or a map with nothing but ${list}: [...]`)]
  return items.flatMap(({ value: item, base }) => {
    const read = v.safeParse(schema, item)
    if (!read.success) return schemaErrors(file, base, read.issues)
    // Kind and schema belong together by construction; the compiler cannot follow that through the index.
    const value = pack ? { ...(read.output as Indicator), pack: pack.id } : read.output
    ;(placed[name] as Placed<unknown>[]).push({ value, file, base })
    return []
  })
}

function listItems(
  value: unknown,
  list: string | undefined,
  head: string | undefined,
): { value: unknown; base: (string | number)[] }[] | undefined {
  if (list === undefined) return [{ value, base: [] }]
  if (Array.isArray(value)) return value.map((item: unknown, index) => ({ value: item, base: [index] }))
  if (typeof value !== 'object' || value === null || !keysAre(value, list, head)) return undefined
  const items = (value as Record<string, unknown>)[list]
  return Array.isArray(items)
    ? items.map((item: unknown, index) => ({ value: item, base: [list, index] }))
    : undefined
}

const keysAre = (value: object, list: string, head: string | undefined): boolean =>
  list in value && Object.keys(value).every((key) => key === list || key === head)

function missingFiles(folder: string, files: readonly FolderFile[]): CityError[] {
  const names = Object.keys(fileKinds) as FileKindName[]
  const found = new Set(files.map(({ path }) => kindOf(path)))
  return names
    .filter((name) => fileKinds[name].required && !found.has(name))
    .map((name) => {
      const path = fileKinds[name].files.source.includes('\\/') ? `${name}/*.yaml` : `${name}.yaml`
      return { file: join(folder, path), line: 1, column: 1, message: 'is missing' }
    })
}

/** One line per fault: cities/changchun/indicators/mac.yaml:12: indicators[1].unit: … */
export function errorLine({ file, line, message }: CityError): string {
  return `${file}:${line}: ${message}`
}
