import * as v from 'valibot'
import { InstantSchema } from '../../src/domain/instant.ts'
import { CollectionIdSchema, type FeatureAnswer } from '../../src/domain/map-feature.ts'
import { UnknownFeaturesError } from '../features/features.ts'
import { seesCollection } from '../features/sight.ts'
import { ProblemError } from '../problem.ts'
import { toInstant } from '../../src/domain/instant.ts'
import type { FeatureHistoryAnswer } from '../../src/domain/wire.ts'
import { defineRoute } from './route.ts'

export const features = defineRoute({
  method: 'GET',
  path: '/api/features/{collection}',
  summary:
    'Things with a place that held at an instant, checked one by one; refused ones are told, never dropped silently',
  query: v.object({
    collection: CollectionIdSchema,
    /** The instant they hold for; now, or asOf, when absent. */
    at: v.optional(InstantSchema),
    asOf: v.optional(InstantSchema),
  }),
  async answer({ viewer, query, gateway }): Promise<FeatureAnswer> {
    await gateway.settled(query.asOf)
    const collection = gateway.city().features.collections.find(({ id }) => id === query.collection)
    if (!collection || !seesCollection(viewer, collection))
      throw new ProblemError(404, 'no such collection for you')
    const book = gateway.features()
    if (!book) throw notYet('sources are being started')
    try {
      const atMs = query.at === undefined ? undefined : Date.parse(query.at)
      return await book.answer(collection, atMs, query.asOf)
    } catch (cause) {
      if (!(cause instanceof UnknownFeaturesError)) throw cause
      if (cause.later) throw notYet(cause.message)
      throw new ProblemError(404, 'nothing is known of that time', { detail: cause.message })
    }
  },
})

export const featureHistory = defineRoute({
  method: 'GET',
  path: '/api/features',
  summary:
    'Since when what was said of each collection is kept, and whether its source can tell more of the past',
  query: v.object({}),
  async answer({ viewer, gateway }): Promise<FeatureHistoryAnswer> {
    const book = gateway.features()
    if (!book) throw notYet('sources are being started')
    const seen = gateway.city().features.collections.filter((one) => seesCollection(viewer, one))
    return { ...(await book.extent(seen)), serverTime: toInstant(gateway.clock.now()) }
  },
})

function notYet(detail: string): ProblemError {
  return new ProblemError(503, 'the source has not answered yet', { detail, headers: { 'retry-after': '2' } })
}
