import * as v from 'valibot'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { type Indicator, IndicatorCodeSchema } from '../../src/domain/indicator.ts'
import type { Source } from '../../src/domain/source.ts'
import { isUnit } from '../../src/domain/unit.ts'
import { variablePattern } from '../ingest/settings.ts'
import { featureErrors } from './feature-references.ts'
import type { PlacedFiles } from './load-city.ts'
import { treeErrors } from './region-links.ts'
import { type CityError, type Path, type YamlFile, schemaErrors } from './yaml-file.ts'

/** A part of a city and the place it was read from. */
export interface Placed<T> {
  value: T
  file: YamlFile
  base: Path
}

interface Known {
  departments: ReadonlySet<string>
  regions: ReadonlySet<string>
  sources: ReadonlyMap<string, Source>
  indicators: ReadonlySet<string>
  adapters: ReadonlyMap<string, IndicatorAdapter>
}

/** What every file says of the others: each name that leads nowhere, and each one given twice. */
export function referenceErrors(
  city: PlacedFiles,
  adapters: ReadonlyMap<string, IndicatorAdapter>,
): CityError[] {
  const known: Known = {
    departments: new Set(city.city.flatMap(({ value }) => value.departments.map(({ id }) => id))),
    regions: new Set(city.regions.map(({ value }) => value.code)),
    sources: new Map(city.sources.map(({ value }) => [value.id, value])),
    indicators: new Set(city.indicators.map(({ value }) => value.code)),
    adapters,
  }
  const regions = [
    ...twice(city.regions, 'code', ({ code, validFrom }) => [code, validFrom].filter(Boolean).join(' from ')),
    ...city.regions.flatMap((place) => regionErrors(place, known)),
  ]
  return [
    ...twice(city.indicators, 'code', ({ code }) => code),
    ...twice(city.sources, 'id', ({ id }) => id),
    // A tree can be judged only once every code leads to one region.
    ...(regions.length > 0 ? regions : treeErrors(city.regions)),
    ...twice(city.scenes, 'id', ({ id }) => id),
    ...city.city.flatMap((place) => unknown(place, ['root'], place.value.root, known.regions, 'region')),
    ...city.sources.flatMap((place) => sourceErrors(place, known)),
    ...city.indicators.flatMap((place) => indicatorErrors(place, known)),
    ...city.scenes.flatMap((place) => codeErrors(place, known)),
    ...city.features.flatMap((place) => featureErrors(place, { ...known, filled: withSampleVariables })),
    ...city['city-state'].flatMap((place) => codeErrors(place, known)),
    ...city.attention.flatMap((place) => [...codeErrors(place, known), ...attentionErrors(place, known)]),
  ]
}

const at = ({ file, base }: Placed<unknown>, path: Path, message: string) =>
  file.errorAt([...base, ...path], message)

function twice<T>(places: readonly Placed<T>[], key: string, name: (value: T) => string): CityError[] {
  const seen = new Map<string, Placed<T>>()
  return places.flatMap((place) => {
    const first = seen.get(name(place.value))
    if (first) return [at(place, [key], `${name(place.value)} stands already in ${first.file.file}`)]
    seen.set(name(place.value), place)
    return []
  })
}

function unknown(
  place: Placed<unknown>,
  path: Path,
  name: string | undefined,
  names: { has(name: string): boolean },
  what: string,
): CityError[] {
  return name === undefined || names.has(name) ? [] : [at(place, path, `there is no ${what} ${name}`)]
}

function regionErrors(place: PlacedFiles['regions'][number], { regions }: Known): CityError[] {
  const { parent, operatingParent } = place.value
  return [
    ...unknown(place, ['parent'], parent, regions, 'region'),
    ...unknown(place, ['operatingParent'], operatingParent, regions, 'region'),
  ]
}

function sourceErrors(place: PlacedFiles['sources'][number], { departments, adapters }: Known): CityError[] {
  const { adapter: id, department, settings } = place.value
  const adapter = adapters.get(id)
  const errors = unknown(place, ['department'], department, departments, 'department')
  if (!adapter)
    return [
      ...errors,
      at(place, ['adapter'], `there is no adapter ${id}; there are ${[...adapters.keys()].join(', ')}`),
    ]
  const read = v.safeParse(adapter.settings, withSampleVariables(settings))
  return read.success
    ? errors
    : [...errors, ...schemaErrors(place.file, [...place.base, 'settings'], read.issues)]
}

/** `${NAME}` is filled when the gateway starts; until then an address of that shape stands for it. */
function withSampleVariables(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(variablePattern, 'http://variable.invalid')
  if (Array.isArray(value)) return value.map(withSampleVariables)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSampleVariables(item)]))
}

function indicatorErrors(place: PlacedFiles['indicators'][number], known: Known): CityError[] {
  const { value: indicator } = place
  const { rollup } = indicator
  return [
    ...(isUnit(indicator.unit) ? [] : [at(place, ['unit'], `${indicator.unit} is not in the unit table`)]),
    ...unknown(place, ['department'], indicator.department, known.departments, 'department'),
    ...(indicator.verifiers ?? []).flatMap((id, nth) =>
      unknown(place, ['verifiers', nth], id, known.departments, 'department'),
    ),
    ...(typeof rollup === 'object' && 'weightedBy' in rollup
      ? unknown(place, ['rollup', 'weightedBy'], rollup.weightedBy, known.indicators, 'indicator')
      : []),
    ...indicator.targets.flatMap(({ region }, nth) =>
      unknown(place, ['targets', nth, 'region'], region, known.regions, 'region'),
    ),
    ...indicator.rules.flatMap(({ id }, nth) =>
      indicator.rules.findIndex((rule) => rule.id === id) === nth
        ? []
        : [at(place, ['rules', nth, 'id'], `${id} is given twice`)],
    ),
    ...(indicator.derivation === 'situation' && indicator.sources.length > 0
      ? [at(place, ['sources'], 'counted by the cockpit itself, so no source may give it')]
      : []),
    ...indicator.sources.flatMap((_, nth) => mappingErrors(place, nth, known)),
  ]
}

function mappingErrors(place: Placed<Indicator>, nth: number, known: Known): CityError[] {
  const { source: id, mapping } = place.value.sources[nth]!
  const path = ['sources', nth, 'mapping']
  const source = known.sources.get(id)
  if (!source) return [at(place, ['sources', nth, 'source'], `there is no source ${id}`)]
  const adapter = known.adapters.get(source.adapter)
  // The source itself is reported once; each of its indicators need not repeat it.
  if (!adapter) return []
  const read = v.safeParse(adapter.mapping, mapping)
  if (!read.success) return schemaErrors(place.file, [...place.base, ...path], read.issues)
  return [...mappedRegions(place, path, mapping, known), ...mappedDimensions(place, path, mapping)]
}

/** Regions a mapping writes out. Every adapter that maps rows does it under `fields.region`. */
function mappedRegions(
  place: Placed<unknown>,
  path: Path,
  mapping: Record<string, unknown>,
  { regions }: Known,
): CityError[] {
  const region = part(part(mapping, 'fields'), 'region')
  const constant = part(region, 'const')
  return [
    ...(typeof constant === 'string'
      ? unknown(place, [...path, 'fields', 'region', 'const'], constant, regions, 'region')
      : []),
    ...Object.entries(part(region, 'map') ?? {}).flatMap(([word, code]) =>
      unknown(place, [...path, 'fields', 'region', 'map', word], String(code), regions, 'region'),
    ),
  ]
}

/** A mapping gives every dimension its indicator declares, and no other. */
function mappedDimensions(
  place: Placed<Indicator>,
  path: Path,
  mapping: Record<string, unknown>,
): CityError[] {
  const fields = part(mapping, 'fields')
  if (fields === undefined) return []
  const declared = place.value.dimensions.map(({ key }) => key)
  const mapped = Object.keys(part(fields, 'dims') ?? {})
  return [
    ...mapped
      .filter((key) => !declared.includes(key))
      .map((key) => at(place, [...path, 'fields', 'dims', key], `the indicator has no dimension ${key}`)),
    ...declared
      .filter((key) => !mapped.includes(key))
      .map((key) => at(place, [...path, 'fields'], `the dimension ${key} of the indicator is not mapped`)),
  ]
}

function part(value: unknown, key: string): object | string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = (value as Record<string, unknown>)[key]
  return typeof found === 'string' || (typeof found === 'object' && found !== null) ? found : undefined
}

function attentionErrors(place: PlacedFiles['attention'][number], { departments }: Known): CityError[] {
  return place.value.rules.flatMap(({ lead, assist = [] }, nth) => [
    ...(lead === 'owner' ? [] : unknown(place, ['rules', nth, 'lead'], lead, departments, 'department')),
    ...assist.flatMap((id, order) =>
      id === 'owner' ? [] : unknown(place, ['rules', nth, 'assist', order], id, departments, 'department'),
    ),
  ])
}

/** Indicator codes anywhere in a scene, its panels' options included. */
function codeErrors(place: Placed<unknown>, { indicators }: Known): CityError[] {
  const visit = (value: unknown, path: Path): CityError[] => {
    if (typeof value === 'string')
      return v.is(IndicatorCodeSchema, value) ? unknown(place, path, value, indicators, 'indicator') : []
    if (Array.isArray(value)) return value.flatMap((item, nth) => visit(item, [...path, nth]))
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, item]) => visit(item, [...path, key]))
  }
  return visit(place.value, [])
}
