import type { FeatureCollection } from './feature-collection.ts'
import type { Source } from './source.ts'
import type { CollectionCard, SourceCard } from './wire.ts'

/** A source without its address, settings and secrets. */
export function sourceCard(source: Source): SourceCard {
  const { id, name, adapter, department, provenance, critical, cadence, license } = source
  return {
    id,
    name,
    adapter,
    department,
    provenance,
    critical,
    once: cadence === 'once',
    ...(license === undefined ? {} : { license }),
  }
}

/** A collection without the path by which it is asked. */
export function collectionCard(collection: FeatureCollection): CollectionCard {
  const { path: _path, classification: _classification, audience: _audience, ...card } = collection
  return card
}
