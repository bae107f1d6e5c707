import * as v from 'valibot'
import { OgcFeaturesSettingsSchema } from '../../src/adapters/wire/ogc-items.ts'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { substitute, variablePattern } from '../ingest/settings.ts'
import type { PlacedFiles } from './load-city.ts'
import { type CityError, type Path, type YamlFile, schemaErrors } from './yaml-file.ts'

export type Variables = Readonly<Record<string, string>>

/** The gateway fills this one itself, once the upstream of a demo city answers. */
const ofDemo = { DEMO_UPSTREAM: 'http://demo.invalid' }

interface PlacedSettings {
  source: string
  settings: unknown
  schema: v.GenericSchema
  file: YamlFile
  path: Path
}

const isSecret = (name: string): boolean => /^(SECRET_.*|DATABASE_URL)$/.test(name)

/** What `${NAME}` in a source's settings may stand for. Secrets go into credentials by name, never into an address that is shown. */
export function variablesOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => Boolean(entry[1]) && !isSecret(entry[0]),
    ),
  )
}

/** Sources that name a variable which is not set, and those whose settings mean nothing with what theirs holds. */
export function variableErrors(
  city: PlacedFiles,
  adapters: ReadonlyMap<string, IndicatorAdapter>,
  variables: Variables,
): CityError[] {
  const isDemo = city.city.some(({ value }) => value.demo)
  const known = isDemo ? { ...variables, ...ofDemo } : variables
  return settingsIn(city, adapters).flatMap((placed) => {
    const { schema, settings, file, path } = placed
    const unset = unsetIn(placed, known)
    if (unset.length > 0) return unset
    const read = v.safeParse(schema, substitute(settings, known))
    // What is no address breaks several rules at once; one of them says it.
    return read.success ? [] : schemaErrors(file, path, read.issues.slice(0, 1))
  })
}

function settingsIn(city: PlacedFiles, adapters: ReadonlyMap<string, IndicatorAdapter>): PlacedSettings[] {
  const ofFigures = city.sources.flatMap(({ value: { id, adapter, settings }, file, base }) => {
    const schema = adapters.get(adapter)?.settings
    return schema ? [{ source: id, settings, schema, file, path: [...base, 'settings'] }] : []
  })
  const ofFeatures = city.features.flatMap(({ value, file, base }) =>
    value.sources.map(({ id, settings }, nth) => {
      const path = [...base, 'sources', nth, 'settings']
      return { source: id, settings, schema: OgcFeaturesSettingsSchema, file, path }
    }),
  )
  return [...ofFigures, ...ofFeatures]
}

function unsetIn({ source, settings, file, path }: PlacedSettings, variables: Variables): CityError[] {
  const visit = (value: unknown, at: Path): CityError[] => {
    if (typeof value === 'string') {
      const names = [...value.matchAll(variablePattern)].map(([, name]) => name!)
      const unset = [...new Set(names)].filter((name) => variables[name] === undefined)
      return unset.map((name) =>
        file.errorAt(at, `the source ${source} needs the variable ${name}, ${advice(name)}`),
      )
    }
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, item]) =>
      visit(item, [...at, Array.isArray(value) ? Number(key) : key]),
    )
  }
  return visit(settings, path)
}

function advice(name: string): string {
  if (isSecret(name)) return 'which is a secret: a source names those under auth'
  return name in ofDemo
    ? 'which is filled only where city.yaml says demo: true; write the address here instead'
    : `which is not set: start again with ${name}=… in the environment, or write its value here`
}
