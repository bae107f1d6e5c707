import type { JournalRecord } from '../../src/domain/command.ts'
import {
  JournalBrokenError,
  SequenceTakenError,
  StoreClosedError,
  StoreUnusableError,
  StoreWriteError,
  systemCodeOf,
} from '../store/storage-errors.ts'
import { canonicalJson } from './canonical-json.ts'
import { chained, type Link } from './chain.ts'
import { checkFile, maxGroupBytes } from './check-file.ts'
import { openJournalFile, type JournalFile } from './journal-file.ts'
import type { Journal, NewRecord } from './journal.ts'
import { readLines } from './read-lines.ts'
import { createRecordIndex } from './record-index.ts'

export interface FileJournalOptions {
  path: string
  /** Told when an unacknowledged end was cut off. */
  report?: (sentence: string) => void
  /** For the copy's name. */
  now?: () => number
  /** Tests put a failing file in its place. */
  openFile?: (path: string) => Promise<JournalFile>
}

interface Waiting {
  records: NewRecord[]
  first: number
  resolve(records: JournalRecord[]): void
  reject(error: unknown): void
}

/**
 * Opens the journal, checking every hash. An end that a crash left half-written is cut off, with a copy beside it; anything
 * else that does not fit throws JournalBrokenError with the line.
 */
export async function openFileJournal(options: FileJournalOptions): Promise<Journal> {
  const {
    path,
    report = (sentence) => console.warn(sentence),
    now = Date.now,
    openFile = openJournalFile,
  } = options
  const file = await openFile(path).catch((cause: unknown) => {
    throw new StoreUnusableError(
      `${path} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  })
  const index = createRecordIndex()
  const size = await file.size()
  const checked = await checkFile(file, size, index.add)
  if (checked.bad) {
    const { line, reason, torn } = checked.bad
    if (!torn) {
      await file.close()
      throw new JournalBrokenError(path, line, reason)
    }
    const copy = `${path}.torn-${new Date(now()).toISOString().replaceAll(':', '-')}`
    await file.copyTo(copy)
    await file.truncate(checked.goodBytes)
    await file.sync()
    report(
      `${path} line ${line}: ${reason}; its last ${size - checked.goodBytes} bytes were never acknowledged and are cut off, a copy is ${copy}`,
    )
  }
  return run(path, file, index, checked.link, checked.goodBytes)
}

function run(
  path: string,
  file: JournalFile,
  index: ReturnType<typeof createRecordIndex>,
  start: Link,
  bytes: number,
): Journal {
  let link = start
  let goodBytes = bytes
  let dirty = false
  let closed = false
  let waiting: Waiting[] = []
  let flushing: Promise<void> | undefined

  /** Everything that came while the last group was on its way to the disk goes with one write and one sync. */
  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const group = takeGroup(waiting, link)
      waiting = waiting.slice(group.taken)
      if (group.accepted.length === 0) continue
      try {
        await repair()
        dirty = true
        await file.write(Buffer.concat(group.lines), goodBytes)
        await file.sync()
        dirty = false
      } catch (cause) {
        const error = new StoreWriteError(
          `${path} could not be written: ${cause instanceof Error ? cause.message : String(cause)}`,
          systemCodeOf(cause),
          { cause },
        )
        await repair().catch(() => undefined)
        for (const { reject } of group.accepted) reject(error)
        continue
      }
      for (const [place, record] of group.records.entries()) {
        index.add(record, goodBytes)
        goodBytes += group.lines[place]!.length
      }
      link = group.link
      for (const { resolve, from, to } of group.accepted) resolve(group.records.slice(from, to))
    }
  }

  /** After a failed write the file may hold a part of it, and must not when the next group comes or the machine stops. */
  async function repair(): Promise<void> {
    if (!dirty) return
    await file.truncate(goodBytes)
    await file.sync()
    dirty = false
  }

  async function* after(sequence: number): AsyncGenerator<JournalRecord> {
    const recent = index.recent(sequence)
    if (recent) return yield* recent
    for await (const { text } of readLines(file, index.offsetFor(sequence), goodBytes)) {
      const record = JSON.parse(text) as JournalRecord
      if (record.sequence > sequence) yield record
    }
  }

  return {
    append(records, first) {
      if (closed) return Promise.reject(new StoreClosedError('the journal is closed'))
      if (records.length === 0) return Promise.resolve([])
      return new Promise((resolve, reject) => {
        waiting.push({ records, first, resolve, reject })
        flushing ??= flush().finally(() => (flushing = undefined))
      })
    },
    after,
    lastSequence: () => link.sequence,
    async verify() {
      const checked = await checkFile(file, goodBytes)
      return checked.bad
        ? { broken: { line: checked.bad.line, reason: checked.bad.reason } }
        : { records: checked.records }
    },
    async close() {
      if (closed) return
      closed = true
      await flushing
      await file.close()
    },
  }
}

interface Group {
  taken: number
  accepted: { resolve: Waiting['resolve']; reject: Waiting['reject']; from: number; to: number }[]
  records: JournalRecord[]
  lines: Buffer[]
  link: Link
}

/** Chains as many of the waiting appends as fit one write; one that cannot be chained is rejected alone. */
function takeGroup(waiting: readonly Waiting[], start: Link): Group {
  const group: Group = { taken: 0, accepted: [], records: [], lines: [], link: start }
  let bytes = 0
  for (const { records, first, resolve, reject } of waiting) {
    try {
      const made = chainAll(records, first, group.link)
      const length = made.lines.reduce((sum, line) => sum + line.length, 0)
      if (length > maxGroupBytes) throw new RangeError(`${length} bytes are too much for one append`)
      if (bytes + length > maxGroupBytes) return group
      bytes += length
      group.accepted.push({
        resolve,
        reject,
        from: group.records.length,
        to: group.records.length + records.length,
      })
      group.records.push(...made.records)
      group.lines.push(...made.lines)
      group.link = made.link
    } catch (error) {
      reject(error)
    }
    group.taken += 1
  }
  return group
}

function chainAll(
  records: readonly NewRecord[],
  first: number,
  start: Link,
): Pick<Group, 'records' | 'lines' | 'link'> {
  if (first <= start.sequence)
    throw new SequenceTakenError(
      `sequence ${first} is not after ${start.sequence}, the last one in the journal`,
    )
  let link = start
  const made = records.map((record, place) => {
    const next = chained(link, record, first + place)
    link = { sequence: next.sequence, hash: next.hash }
    return next
  })
  return { records: made, lines: made.map((record) => Buffer.from(`${canonicalJson(record)}\n`)), link }
}
