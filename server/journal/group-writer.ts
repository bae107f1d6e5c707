import type { JournalRecord } from '../../src/domain/command.ts'
import { StoreWriteError, systemCodeOf } from '../store/storage-errors.ts'
import { takeGroup, type Waiting } from './append-group.ts'
import type { Link } from './chain.ts'
import type { JournalFile } from './journal-file.ts'
import type { NewRecord } from './journal.ts'

export interface GroupWriter {
  append(records: NewRecord[], first: number): Promise<JournalRecord[]>
  /** The end of what is on the disk. */
  end(): { link: Link; bytes: number }
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>
}

/** Group commit: everything that came while the last group was on its way goes with one write and one sync. */
export function createGroupWriter(
  path: string,
  file: JournalFile,
  end: { link: Link; bytes: number },
  onWritten: (record: JournalRecord, from: number) => void,
): GroupWriter {
  let { link, bytes } = end
  let waiting: Waiting[] = []
  let busy = false
  let done = Promise.resolve()
  const writer = createSafeWriter(file)

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const group = takeGroup(waiting, link)
      waiting = waiting.slice(group.taken)
      if (group.accepted.length === 0) continue
      try {
        await writer.write(Buffer.concat(group.lines), bytes)
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        const error = new StoreWriteError(`${path} could not be written: ${reason}`, systemCodeOf(cause), {
          cause,
        })
        for (const { reject } of group.accepted) reject(error)
        continue
      }
      for (const [place, record] of group.records.entries()) {
        onWritten(record, bytes)
        bytes += group.lines[place]!.length
      }
      link = group.link
      for (const { resolve, from, to } of group.accepted) resolve(group.records.slice(from, to))
    }
    // In the same step as the last look at what waits, or an append in between would wait for ever.
    busy = false
  }

  return {
    append: (records, first) =>
      new Promise((resolve, reject) => {
        waiting.push({ records, first, resolve, reject })
        if (busy) return
        busy = true
        done = flush()
      }),
    end: () => ({ link, bytes }),
    settled: () => done,
  }
}

/** Writes and syncs, or leaves nothing: what a failed write left is cut off at once, or at the latest before the next one. */
function createSafeWriter(file: JournalFile): { write(bytes: Buffer, position: number): Promise<void> } {
  let leftFrom: number | undefined
  async function cutOff(): Promise<void> {
    if (leftFrom === undefined) return
    await file.truncate(leftFrom)
    await file.sync()
    leftFrom = undefined
  }
  return {
    async write(bytes, position) {
      await cutOff()
      leftFrom = position
      try {
        await file.write(bytes, position)
        await file.sync()
        leftFrom = undefined
      } catch (error) {
        await cutOff().catch(() => undefined)
        throw error
      }
    },
  }
}
