import { basename } from 'node:path'
import * as v from 'valibot'
import { type Indicator, IndicatorSchema } from '../../src/domain/indicator.ts'
import { type PackHead, PackHeadSchema } from '../../src/domain/pack.ts'
import { type CityError, type YamlFile, readYaml, schemaErrors } from '../city/yaml-file.ts'

/** A file of indicators as it stands in a city's folder. */
export interface CityPack extends PackHead {
  /** Below the city's folder: indicators/eco.yaml */
  path: string
  text: string
}

/** The pack that a file is. One without a head has its name as id, and no versions but the first. */
export function packOf(path: string, text: string, file: YamlFile): CityPack | { errors: CityError[] } {
  const id = basename(path, '.yaml')
  const head = headOf(file.value)
  if (head === undefined) return { id, version: 1, title: { zh: id }, path, text }
  const read = v.safeParse(PackHeadSchema, head)
  return read.success ? { ...read.output, path, text } : { errors: schemaErrors(file, ['pack'], read.issues) }
}

function headOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'pack' in value ? value.pack : undefined
}

/** A pack's text, read on its own: its head and its definitions, or the first faults. */
export function readPack(
  path: string,
  text: string,
): { pack: CityPack; indicators: Indicator[] } | { errors: CityError[] } {
  const file = readYaml(path, text)
  if ('errors' in file) return file
  const pack = packOf(path, text, file)
  if ('errors' in pack) return pack
  const list = Array.isArray(file.value)
    ? file.value
    : (file.value as { indicators?: unknown } | null)?.indicators
  const read = v.safeParse(v.array(IndicatorSchema), list)
  if (!read.success) return { errors: schemaErrors(file, ['indicators'], read.issues) }
  return { pack, indicators: read.output.map((one) => ({ ...one, pack: pack.id })) }
}
