import type { Lineage, Observation } from '../../src/domain/observation.ts'
import { startDuckDbWorker } from './start-duckdb-worker.ts'
import { StoreUnavailableError } from './storage-errors.ts'
import type { DrillRow, ObservationStore, StoredBatch } from './store.ts'
import { ownWorker } from './worker-owner.ts'

export interface DuckDbStoreOptions {
  file: string
  /** A read that takes longer is interrupted and rejects with StoreUnavailableError. */
  readTimeoutMs?: number
}

/** The embedded store: one worker thread owns the file and runs every query. */
export async function openDuckDbStore({
  file,
  readTimeoutMs = 30_000,
}: DuckDbStoreOptions): Promise<ObservationStore> {
  const owner = ownWorker(startDuckDbWorker, file)
  async function read<T>(method: string, argument: unknown): Promise<T> {
    const channel = await owner.channel()
    try {
      return await channel.call<T>(method, argument, AbortSignal.timeout(readTimeoutMs))
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      const message = `the query ${method} took longer than ${readTimeoutMs / 1000} s`
      throw new StoreUnavailableError(message, { cause: error })
    }
  }
  await owner.channel()
  return {
    append: async (batch) => (await owner.channel()).call('append', batch),
    latest: (query) => read<Observation[]>('latest', query),
    series: (query) => read<Observation[]>('series', query),
    at: (query) => read<Observation | undefined>('at', query),
    atMany: (queries) => read<(Observation | undefined)[]>('atMany', queries),
    received: (query) => read<StoredBatch[]>('received', query),
    drill: (query) => read<DrillRow[]>('drill', query),
    prune: async (query) => (await owner.channel()).call('prune', query),
    after: (sequence, limit) => read<StoredBatch[]>('after', { sequence, limit }),
    lineage: (id) => read<Lineage | undefined>('lineage', id),
    cursor: (key) => read<string | undefined>('cursor', key),
    lastSequence: () => read<number>('lastSequence', undefined),
    close: owner.close,
  }
}
