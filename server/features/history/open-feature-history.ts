import { StoreUnavailableError } from '../../store/storage-errors.ts'
import { ownWorker } from '../../store/worker-owner.ts'
import type { FeatureHistory } from './feature-history.ts'
import type { PostgresHistory } from './postgres-history.ts'
import { startHistoryWorker } from './start-history-worker.ts'

const patienceMs = 30_000

/** The history in a thread of its own, which starts with the first question and again after it died. */
export function openFeatureHistory(where: { file: string } | PostgresHistory): FeatureHistory {
  const owner = ownWorker(startHistoryWorker, where)
  async function call<T>(method: string, argument?: unknown): Promise<T> {
    const channel = await owner.channel()
    try {
      return await channel.call<T>(method, argument, AbortSignal.timeout(patienceMs))
    } catch (cause) {
      if (!(cause instanceof DOMException)) throw cause
      const message = `the history did not ${method} within ${patienceMs / 1000} s`
      throw new StoreUnavailableError(message, { cause })
    }
  }
  return {
    hear: (heard) => call('hear', heard),
    keep: (heard, text) => call('keep', { heard, text }),
    find: (asked) => call('find', asked),
    extent: () => call('extent'),
    bound: (limits) => call('bound', limits),
    close: () => owner.close(),
  }
}
