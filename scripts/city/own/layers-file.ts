import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { parse } from 'yaml'
import { MapUses } from '../../../src/domain/basemap.ts'
import { Provenances } from '../tiles/property-table.ts'
import { type Crs, crsNamed } from './crs.ts'

export const LayerKinds = [
  'boundaries',
  'towns',
  'communities',
  'water',
  'green',
  'roads',
  'rail',
  'buildings',
  'terrain',
  '3dtiles',
] as const
export type LayerKind = (typeof LayerKinds)[number]

const Text = v.pipe(v.string(), v.trim(), v.nonEmpty())
const Day = v.pipe(
  v.union([v.string(), v.number(), v.date()]),
  v.transform((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value))),
  v.regex(/^\d{4}(-\d\d){0,2}$/, 'a year, month or day: 2024-05'),
)
const Code = v.pipe(v.union([v.string(), v.number()]), v.transform(String))

const LayerSchema = v.strictObject({
  kind: v.picklist(LayerKinds),
  /** In the folder of layers.yaml. */
  file: Text,
  /** Name in the built map; the kind's own name where there is one layer of it. */
  id: v.optional(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens'))),
  source: v.optional(Text),
  credit: v.optional(Text),
  license: v.optional(Text),
  crs: v.optional(Text),
  asOf: v.optional(Day),
  mapApproval: v.nullish(Text),
  mapUse: v.optional(v.picklist(MapUses)),
  provenance: v.optional(v.picklist(Provenances)),
  axisOrder: v.optional(v.picklist(['xy', 'yx'])),
  /** Only features whose properties have these values. */
  where: v.optional(
    v.record(v.string(), v.union([v.string(), v.number(), v.array(v.union([v.string(), v.number()]))])),
  ),
  /** Which property holds what; else the usual names are looked for. */
  fields: v.optional(v.record(v.picklist(FieldNames()), Text)),
  /** Values of its fields that a public map may not show, besides what is known by its words. */
  sensitive: v.optional(v.record(v.string(), v.array(Code))),
  floorHeight: v.optional(v.pipe(v.number(), v.minValue(2), v.maxValue(10)), 3),
  assumedHeight: v.optional(v.pipe(v.number(), v.minValue(2), v.maxValue(100)), 9),
  /** Of 3D Tiles: metres to add, where their heights are not above the same zero as the terrain's (a geoid's, say). */
  heightOffset: v.optional(v.pipe(v.number(), v.minValue(-9000), v.maxValue(9000)), 0),
  /** Of a shapefile's table, where no .cpg says it: GBK. */
  encoding: v.optional(Text),
})

const FileSchema = v.strictObject({
  name: Text,
  adcode: v.optional(
    v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(/^\d{6}$/, 'six digits')),
  ),
  center: v.optional(v.tuple([v.number(), v.number()])),
  mapUse: v.picklist(MapUses, 'mapUse must be public, internal or demo'),
  mapApproval: v.nullish(Text),
  layers: v.pipe(v.array(LayerSchema), v.nonEmpty()),
})

export function FieldNames() {
  return ['id', 'name', 'height', 'floors', 'base', 'class', 'code', 'validFrom', 'validTo'] as const
}
export type FieldName = ReturnType<typeof FieldNames>[number]

export interface DeclaredLayer extends Omit<v.InferOutput<typeof LayerSchema>, 'crs'> {
  id: string
  path: string
  source: string
  license: string
  asOf: string
  crs: Crs
  mapUse: (typeof MapUses)[number]
  mapApproval: string | null
}
export interface LayersFile extends Omit<v.InferOutput<typeof FileSchema>, 'layers'> {
  layers: DeclaredLayer[]
}

const IDS: Partial<Record<LayerKind, string>> = { boundaries: 'regions', roads: 'road', '3dtiles': 'model' }

/**
 * Reads layers.yaml and refuses, by name, every layer that may not be shown: without source, licence, date or coordinate
 * system, or meant for the public without a 审图号.
 * @throws all refusals in one message, one a line
 */
export function readLayersFile(folder: string): LayersFile {
  const path = join(folder, 'layers.yaml')
  if (!existsSync(path)) throw new Error(`${path} is missing: it says what each file is (see --help)`)
  const parsed = v.safeParse(FileSchema, parse(readFileSync(path, 'utf8')))
  if (!parsed.success)
    throw new Error(
      parsed.issues.map((issue) => `${path}: ${v.getDotPath(issue) ?? 'file'}: ${issue.message}`).join('\n'),
    )
  const file = parsed.output
  const refusals: string[] = []
  const seen = new Set<string>()
  const layers = file.layers.flatMap((layer) => {
    const id = layer.id ?? IDS[layer.kind] ?? layer.kind
    const label = `layer ${id} (${layer.file})`
    const use = layer.mapUse ?? file.mapUse
    const approval = layer.mapApproval ?? file.mapApproval ?? null
    const refused = [...refusalsOf(layer, use, approval, join(folder, layer.file))]
    if (seen.has(id)) refused.push('has the id of another layer: give it its own')
    seen.add(id)
    const crs = refused.length > 0 ? undefined : crsOf(layer.crs!, refused)
    refusals.push(...refused.map((reason) => `${label} ${reason}`))
    return crs
      ? [
          {
            ...layer,
            id,
            crs,
            path: join(folder, layer.file),
            source: layer.source!,
            license: layer.license!,
            asOf: layer.asOf!,
            mapUse: use,
            mapApproval: approval,
          },
        ]
      : []
  })
  if (refusals.length > 0) throw new Error(refusals.join('\n'))
  return { ...file, layers }
}

function* refusalsOf(
  layer: v.InferOutput<typeof LayerSchema>,
  use: string,
  approval: string | null,
  path: string,
): Generator<string> {
  if (!layer.license) yield 'is refused: it names no licence (license:)'
  if (!layer.crs) yield 'is refused: it names no coordinate system (crs:)'
  if (!layer.source) yield 'is refused: it names no source (source:)'
  if (!layer.asOf) yield 'is refused: it names no date (asOf:)'
  if (use === 'public' && !approval) yield 'is refused: mapUse is public and it has no 审图号 (mapApproval:)'
  if (!existsSync(path)) yield 'is refused: there is no such file'
}

function crsOf(declared: string, refused: string[]): Crs | undefined {
  try {
    return crsNamed(declared)
  } catch (error) {
    refused.push(`is refused: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}
