import type { StoredBatch } from './store.ts'

/** The last batches in memory: a follower that is woken by each append asks for exactly these. */
export interface RecentBatches {
  last(): number
  add(batch: StoredBatch): void
  /** undefined when the answer reaches further back than what is kept. */
  after(sequence: number, limit: number): StoredBatch[] | undefined
}

export function createRecentBatches(last: number, maxObservations: number): RecentBatches {
  const kept: StoredBatch[] = []
  let before = last
  let held = 0
  return {
    last: () => kept.at(-1)?.sequence ?? before,
    add(batch) {
      kept.push(batch)
      held += batch.observations.length
      while (held > maxObservations && kept.length > 1) {
        const gone = kept.shift()!
        before = gone.sequence
        held -= gone.observations.length
      }
    },
    after(sequence, limit) {
      if (sequence < before) return undefined
      const from = kept.findIndex((batch) => batch.sequence > sequence)
      return from === -1 ? [] : kept.slice(from, from + limit)
    },
  }
}
