import type { Lineage, Observation } from '../../src/domain/observation.ts'
import { startDuckDbWorker } from './start-duckdb-worker.ts'
import { StoreClosedError, StoreUnavailableError } from './storage-errors.ts'
import type { ObservationStore, StoredBatch } from './store.ts'
import { connectWorker, type Channel } from './worker-channel.ts'

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
  const owner = createOwner(file)
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
    after: (sequence, limit) => read<StoredBatch[]>('after', { sequence, limit }),
    lineage: (id) => read<Lineage | undefined>('lineage', id),
    cursor: (key) => read<string | undefined>('cursor', key),
    lastSequence: () => read<number>('lastSequence', undefined),
    close: owner.close,
  }
}

/** Keeps one worker: a call after it died starts it anew, which rolls the file back to its last COMMIT. */
function createOwner(file: string): { channel(): Promise<Channel>; close(): Promise<void> } {
  let closed = false
  let stop: (() => Promise<unknown>) | undefined
  let left: Promise<unknown> = Promise.resolve()
  let connected: Promise<Channel> | undefined

  async function start(): Promise<Channel> {
    // A thread that failed still lets go of its file; two that own it at once would tear it.
    await left
    const worker = startDuckDbWorker()
    left = new Promise((gone) => worker.once('exit', gone))
    const channel = connectWorker(worker, () => {
      connected = undefined
    })
    stop = () => worker.terminate()
    try {
      await channel.call('open', file)
      return channel
    } catch (error) {
      await worker.terminate()
      throw error
    }
  }
  return {
    async channel() {
      if (closed) throw new StoreClosedError('the store is closed')
      connected ??= start()
      try {
        return await connected
      } catch (error) {
        connected = undefined
        throw error
      }
    },
    async close() {
      if (closed) return
      closed = true
      const channel = await connected?.catch(() => undefined)
      await channel?.call('close', undefined)
      await stop?.()
    },
  }
}
