import type { JournalRecord } from '../../src/domain/command.ts'
import { JournalBrokenError, StoreClosedError, StoreUnusableError } from '../store/storage-errors.ts'
import { checkFile, type Checked } from './check-file.ts'
import { createGroupWriter } from './group-writer.ts'
import { openJournalFile, type JournalFile } from './journal-file.ts'
import type { Journal } from './journal.ts'
import { readLines } from './read-lines.ts'
import { createRecordIndex, type RecordIndex } from './record-index.ts'

export interface FileJournalOptions {
  path: string
  /** Told when an unacknowledged end was cut off. */
  report: (sentence: string) => unknown
  /** For the copy's name. */
  now?: () => number
  /** Tests put a failing file in its place. */
  openFile?: (path: string) => Promise<JournalFile>
}

/**
 * Opens the journal, checking every hash. An end that a crash left half-written is cut off, with a copy beside it; anything
 * else that does not fit throws JournalBrokenError with the line.
 */
export async function openFileJournal(options: FileJournalOptions): Promise<Journal> {
  const { path, openFile = openJournalFile } = options
  const file = await openFile(path).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StoreUnusableError(`${path} cannot be opened: ${reason}`, { cause })
  })
  try {
    const index = createRecordIndex()
    const checked = await checkFile(file, await file.size(), index.add)
    if (checked.bad) await cutOff(file, checked, checked.bad, options)
    return journalOn(path, file, index, checked)
  } catch (error) {
    await file.close()
    throw error
  }
}

async function cutOff(
  file: JournalFile,
  { goodBytes }: Checked,
  { line, reason, torn }: NonNullable<Checked['bad']>,
  { path, report, now = Date.now }: FileJournalOptions,
): Promise<void> {
  if (!torn) throw new JournalBrokenError(path, line, reason)
  const lost = (await file.size()) - goodBytes
  const copy = `${path}.torn-${new Date(now()).toISOString().replaceAll(':', '-')}`
  await file.copyTo(copy)
  await file.truncate(goodBytes)
  await file.sync()
  report(
    `${path} line ${line}: ${reason}; its last ${lost} bytes were never acknowledged and are cut off, a copy is ${copy}`,
  )
}

function journalOn(
  path: string,
  file: JournalFile,
  index: RecordIndex,
  { link, goodBytes }: Checked,
): Journal {
  const writer = createGroupWriter(path, file, { link, bytes: goodBytes }, index.add)
  let closed = false

  async function* after(sequence: number): AsyncGenerator<JournalRecord> {
    const recent = index.recent(sequence)
    if (recent) return yield* recent
    for await (const { text } of readLines(file, index.offsetFor(sequence), writer.end().bytes)) {
      const record = JSON.parse(text) as JournalRecord
      if (record.sequence > sequence) yield record
    }
  }

  return {
    async append(records, first) {
      if (closed) throw new StoreClosedError('the journal is closed')
      return records.length === 0 ? [] : writer.append(records, first)
    },
    after,
    lastSequence: () => writer.end().link.sequence,
    async verify() {
      const { bad, records } = await checkFile(file, writer.end().bytes)
      return bad ? { broken: { line: bad.line, reason: bad.reason } } : { records }
    },
    async close() {
      if (closed) return
      closed = true
      await writer.settled()
      await file.close()
    },
  }
}
