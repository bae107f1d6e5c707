import { chainStart, readAlone, readLine, type Link } from './chain.ts'
import type { JournalRecord } from '../../src/domain/command.ts'
import type { JournalFile } from './journal-file.ts'
import { readLines } from './read-lines.ts'

/** One group of records is written at once and never larger, so a torn end is never longer. */
export const maxGroupBytes = 4 << 20

export interface Checked {
  /** The end of the chain and of the bytes that belong to it. */
  link: Link
  records: number
  goodBytes: number
  /** First line that does not fit. `torn`: nothing readable follows, so it is the rest of a write that was never acknowledged. */
  bad?: { line: number; reason: string; torn: boolean }
}

/** Walks the whole chain from the first record. */
export async function checkFile(
  file: JournalFile,
  size: number,
  onRecord: (record: JournalRecord, from: number) => void = () => undefined,
): Promise<Checked> {
  let link = chainStart
  let records = 0
  let goodBytes = 0
  let bad: Checked['bad']
  for await (const line of readLines(file, 0, size)) {
    if (bad) {
      if (!('record' in readAlone(line.text))) continue
      bad.torn = false
      break
    }
    const read = line.ended ? readLine(line.text, link) : { reason: 'it has no end' }
    if ('reason' in read) {
      bad = { line: records + 1, reason: read.reason, torn: size - goodBytes <= maxGroupBytes }
      // A whole record that does not belong here was not torn by a power cut; somebody put it there.
      if (line.ended && 'record' in readAlone(line.text)) bad.torn = false
      continue
    }
    link = { sequence: read.record.sequence, hash: read.record.hash }
    records += 1
    goodBytes = line.to
    onRecord(read.record, line.from)
  }
  return { link, records, goodBytes, ...(bad ? { bad } : {}) }
}
