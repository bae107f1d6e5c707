import type { JournalRecord } from '../../src/domain/command.ts'
import type { Observation } from '../../src/domain/observation.ts'
import type { Journal, Lane } from '../journal/journal.ts'
import type { ObservationStore } from '../store/store.ts'

export type LogItem =
  | { sequence: number; observations: Observation[] }
  | { sequence: number; record: JournalRecord }

/** Everything after a sequence, merged in order from the store and the journal: the one log of the gateway. */
export async function readLog(
  store: ObservationStore,
  journal: Journal,
  after: number,
  upTo: number,
  limit: number,
): Promise<LogItem[]> {
  const batches = await store.after(after, limit)
  const items: LogItem[] = batches.map(({ sequence, observations }) => ({ sequence, observations }))
  // Where the store was cut by the limit, records beyond the cut would leave a gap behind them.
  const bound = batches.length === limit ? batches.at(-1)!.sequence : upTo
  if (journal.lastSequence() > after) {
    for await (const record of journal.after(after)) {
      if (record.sequence > bound || items.length >= 2 * limit) break
      items.push({ sequence: record.sequence, record })
    }
  }
  return items.filter((item) => item.sequence <= upTo).sort((a, b) => a.sequence - b.sequence)
}

/**
 * Calls `take` for every item after `from`, in order and once each. An append only wakes it; it re-reads the log after its
 * cursor, so there is no buffer to overflow and no seam between what was and what comes.
 */
export function followLog(
  parts: { store: ObservationStore; journal: Journal; lane: Lane },
  from: number,
  take: (item: LogItem) => Promise<void> | void,
  failed: (cause: unknown) => void,
): { stop(): Promise<void> } {
  let cursor = from
  let stopped = false
  let running: Promise<void> | undefined

  const mayGoOn = () => !stopped && cursor < parts.lane.last()
  async function drain(): Promise<void> {
    while (mayGoOn()) {
      const upTo = parts.lane.last()
      const items = await readLog(parts.store, parts.journal, cursor, upTo, 200)
      for (const item of items) {
        await take(item)
        cursor = item.sequence
      }
      // A number taken by a write that failed leaves nothing to read.
      if (items.length === 0) cursor = upTo
    }
  }
  const wake = () => {
    if (stopped || running) return
    running = drain()
      .catch(failed)
      .finally(() => {
        running = undefined
        if (!stopped && cursor < parts.lane.last()) setTimeout(wake, 5)
      })
  }
  const unsubscribe = parts.lane.onAdvance(wake)
  wake()
  return {
    async stop() {
      stopped = true
      unsubscribe()
      await running
    },
  }
}
