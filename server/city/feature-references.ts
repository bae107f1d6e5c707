import * as v from 'valibot'
import { OgcFeaturesSettingsSchema } from '../../src/adapters/wire/ogc-items.ts'
import { FEATURE_PROTOCOL, type FeaturesConfig } from '../../src/domain/feature-collection.ts'
import { collectionsOf } from '../../src/domain/finding.ts'
import type { Placed } from './references.ts'
import { type CityError, type Path, schemaErrors } from './yaml-file.ts'

interface Known {
  departments: ReadonlySet<string>
  /** Ids of sources.yaml: one list on the desk, so one id for each. */
  sources: { has(id: string): boolean }
  /** `${NAME}` in settings becomes an address of that shape until the gateway starts. */
  filled(settings: unknown): unknown
}

/** Names in features.yaml that lead nowhere or stand twice, settings the protocol does not know, times that mean nothing. */
export function featureErrors(place: Placed<FeaturesConfig>, known: Known): CityError[] {
  return [
    ...place.value.sources.flatMap((_, nth) => sourceErrors(place, nth, known)),
    ...place.value.collections.flatMap((_, nth) => collectionErrors(place, nth, known)),
    ...place.value.findings.flatMap((_, nth) => findingErrors(place, nth, known)),
  ]
}

/** A finding is looked for in collections that stand: what was true for an hour is no case. */
function findingErrors(place: Placed<FeaturesConfig>, nth: number, { departments }: Known): CityError[] {
  const { collections, findings } = place.value
  const rule = findings[nth]!
  const at = placeIn(place, ['findings', nth])
  const wrong = collectionsOf(rule).flatMap((id, order) => {
    const found = collections.find((collection) => collection.id === id)
    const key = order === 0 ? 'collection' : 'within'
    if (!found) return [at(key, `there is no collection ${id} in this file`)]
    return found.step === undefined ? [] : [at(key, `${id} speaks of instants, a finding needs what stands`)]
  })
  return [
    ...(findings.findIndex(({ id }) => id === rule.id) === nth
      ? []
      : [at('id', `there is a finding ${rule.id} already`)]),
    ...wrong,
    ...[rule.owner, ...Object.values(rule.owners)]
      .filter((id) => !departments.has(id))
      .map((id) => at('owner', `there is no department ${id}`)),
  ]
}

function sourceErrors(place: Placed<FeaturesConfig>, nth: number, known: Known): CityError[] {
  const { id, adapter, department, settings } = place.value.sources[nth]!
  const at = placeIn(place, ['sources', nth])
  const first = place.value.sources.findIndex((other) => other.id === id)
  const read = v.safeParse(OgcFeaturesSettingsSchema, known.filled(settings))
  return [
    ...(known.sources.has(id) || first !== nth ? [at('id', `there is a source ${id} already`)] : []),
    ...(known.departments.has(department) ? [] : [at('department', `there is no department ${department}`)]),
    ...(adapter === FEATURE_PROTOCOL
      ? []
      : [at('adapter', `collections are read with ${FEATURE_PROTOCOL}, not with ${adapter}`)]),
    ...(read.success
      ? []
      : schemaErrors(place.file, [...place.base, 'sources', nth, 'settings'], read.issues)),
  ]
}

function collectionErrors(place: Placed<FeaturesConfig>, nth: number, known: Known): CityError[] {
  const { sources, collections } = place.value
  const { id, source: from, department, provenance, step, ahead } = collections[nth]!
  const at = placeIn(place, ['collections', nth])
  const source = sources.find((candidate) => candidate.id === from)
  return [
    ...(collections.findIndex((other) => other.id === id) === nth
      ? []
      : [at('id', `there is a collection ${id} already`)]),
    ...(source ? [] : [at('source', `there is no source ${from} in this file`)]),
    ...(known.departments.has(department) ? [] : [at('department', `there is no department ${department}`)]),
    ...(source?.provenance === 'synthetic' && provenance === 'real'
      ? [at('provenance', `nothing from the synthetic source ${from} is real`)]
      : []),
    ...(ahead !== undefined && step === undefined
      ? [at('ahead', 'only a collection with a step looks ahead')]
      : []),
  ]
}

const placeIn =
  ({ file, base }: Placed<unknown>, path: Path) =>
  (key: string, message: string) =>
    file.errorAt([...base, ...path, key], message)
