import type { FeatureHistory } from '../features/history/feature-history.ts'
import type { Journal, Lane } from '../journal/journal.ts'
import type { ObservationStore } from './store.ts'

/** What the gateway keeps: observations, the journal and the one sequence both share, and what was heard of things with a place. */
export interface Storage {
  store: ObservationStore
  journal: Journal
  lane: Lane
  features: FeatureHistory
  /** Where the gateway may keep files of its own; absent where it keeps none. */
  folder?: string
  close(): Promise<void>
}
