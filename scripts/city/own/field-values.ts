import type { DeclaredLayer, FieldName } from './layers-file.ts'
import { textOf, USUAL_FIELDS } from './kinds.ts'

/** What a feature says under a declared field, else under a usual name of it; undefined for blank. */
export function fieldOf(
  layer: Pick<DeclaredLayer, 'fields'>,
  properties: Readonly<Record<string, unknown>>,
  field: FieldName,
): string | undefined {
  const declared = layer.fields?.[field]
  for (const name of declared === undefined ? USUAL_FIELDS[field]! : [declared]) {
    const text = textOf(properties[name])
    if (text !== undefined) return text
  }
  return undefined
}

/** Metres or storeys out of "18", "18 m", "18.5米"; undefined for words, zero and less: no height is never 0. */
export function positiveOf(text: string | undefined): number | undefined {
  const value = Number(/^([\d.]+)\s*(m|米|层|F)?$/i.exec(text ?? '')?.[1])
  return Number.isFinite(value) && value > 0 ? value : undefined
}

/** Whether a feature has the values that the layer asks for. */
export function isWanted(
  where: DeclaredLayer['where'],
  properties: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(where ?? {}).every(([name, wanted]) =>
    (Array.isArray(wanted) ? wanted : [wanted]).some((value) => String(properties[name]) === String(value)),
  )
}
