import type { Journal, Lane, NewRecord } from '../../server/journal/journal.ts'
import type { JournalRecord } from '../../src/domain/command.ts'

/** A journal in memory that answers only after a turn of the loop, like a disk. */
export function memoryJournal(records: JournalRecord[] = []): {
  journal: Journal
  lane: Lane
  records: JournalRecord[]
} {
  let last = records.at(-1)?.sequence ?? 0
  let tail: Promise<unknown> = Promise.resolve()
  const journal = {
    lastSequence: () => records.at(-1)?.sequence ?? 0,
    async append(fresh: NewRecord[], first: number) {
      await new Promise((resolve) => setImmediate(resolve))
      const written = fresh.map(({ record, ...rest }, nth) => ({
        ...record,
        ...rest,
        sequence: first + nth,
        previous: '',
        hash: '',
      }))
      records.push(...written)
      return written
    },
    async *after(sequence: number) {
      yield* records.filter((record) => record.sequence > sequence)
    },
  } as unknown as Journal
  const lane: Lane = {
    run(work) {
      const turn = tail.then(async () => {
        const { used, result } = await work(last + 1)
        last += used
        return result
      })
      tail = turn.catch(() => {})
      return turn
    },
    last: () => last,
    onAdvance: () => () => {},
  }
  return { journal, lane, records }
}
