import type { JournalRecord } from '../../src/domain/command.ts'

const every = 256
const keptRecords = 4096

/** Where in the file to begin reading for a sequence, and the newest records themselves. */
export interface RecordIndex {
  add(record: JournalRecord, from: number): void
  /** The records after a sequence when memory holds them all. */
  recent(sequence: number): JournalRecord[] | undefined
  /** A place in the file at or before the first record after the sequence. */
  offsetFor(sequence: number): number
}

export function createRecordIndex(): RecordIndex {
  const marks: { sequence: number; from: number }[] = []
  let kept: JournalRecord[] = []
  let before = 0
  let count = 0
  return {
    add(record, from) {
      if (count % every === 0) marks.push({ sequence: record.sequence, from })
      count += 1
      kept.push(record)
      if (kept.length < 2 * keptRecords) return
      before = kept[keptRecords - 1]!.sequence
      kept = kept.slice(keptRecords)
    },
    recent(sequence) {
      if (sequence < before) return undefined
      const first = kept.findIndex((record) => record.sequence > sequence)
      return first === -1 ? [] : kept.slice(first)
    },
    offsetFor(sequence) {
      let low = 0
      let high = marks.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (marks[middle]!.sequence <= sequence) low = middle + 1
        else high = middle
      }
      return marks[low - 1]?.from ?? 0
    },
  }
}
