import type { FeatureCollection } from '../../src/domain/feature-collection.ts'
import type { Viewer } from '../auth/viewer.ts'

/** A collection is seen by the same rights as an indicator of its classification and audience, with its id as the code. */
export function seesCollection(
  viewer: Viewer,
  { id, classification, audience }: Pick<FeatureCollection, 'id' | 'classification' | 'audience'>,
): boolean {
  return viewer.sees({ code: id, classification, audience })
}
