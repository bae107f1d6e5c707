import type { Journal, Lane } from '../journal/journal.ts'
import type { ObservationStore } from './store.ts'

/** What the gateway keeps: observations, the journal and the one sequence both share. */
export interface Storage {
  store: ObservationStore
  journal: Journal
  lane: Lane
  close(): Promise<void>
}
