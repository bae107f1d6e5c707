import { createHash } from 'node:crypto'
import type { JournalRecord } from '../../src/domain/command.ts'
import { SequenceTakenError } from '../store/storage-errors.ts'
import { canonicalJson } from './canonical-json.ts'
import type { NewRecord } from './journal.ts'

/** The end of a chain so far: what the next record builds on. */
export interface Link {
  sequence: number
  hash: string
}

export const chainStart: Link = { sequence: 0, hash: '0'.repeat(64) }

/** The records with their hashes and lines; a first number that is not after the chain's end throws SequenceTakenError. */
export function chainAll(
  records: readonly NewRecord[],
  first: number,
  start: Link,
): { records: JournalRecord[]; lines: string[]; link: Link } {
  if (first <= start.sequence) {
    throw new SequenceTakenError(
      `sequence ${first} is not after ${start.sequence}, the last one in the journal`,
    )
  }
  let link = start
  const made = records.map((record, place) => {
    const next = chained(link, record, first + place)
    link = { sequence: next.sequence, hash: next.hash }
    return next
  })
  return { records: made, lines: made.map(canonicalJson), link }
}

/** hash = SHA-256 over the previous hash and the canonical JSON of the record without its hash, as lower-case hex. */
function chained(
  link: Link,
  { record, at, actor, stream, command }: NewRecord,
  sequence: number,
): JournalRecord {
  const unsigned = { ...record, sequence, at, actor, stream, command, previous: link.hash }
  return { ...unsigned, hash: hashOf(link.hash, canonicalJson(unsigned)) }
}

/** The record of one line, or why the line is not the next one of the chain. */
export function readLine(line: string, link: Link): { record: JournalRecord } | { reason: string } {
  const read = readAlone(line)
  if ('reason' in read) return read
  const { record } = read
  if (record.previous !== link.hash)
    return { reason: 'it does not follow the record before it (previous hash differs)' }
  if (record.sequence <= link.sequence)
    return { reason: `its sequence ${record.sequence} is not after ${link.sequence}` }
  return read
}

/** Whether a line is a record whose own hash fits, whatever stands before it. */
export function readAlone(line: string): { record: JournalRecord } | { reason: string } {
  let record: JournalRecord
  try {
    record = JSON.parse(line) as JournalRecord
    // Byte for byte: a second key of the same name, or white space, would hide from the hash.
    if (canonicalJson(record) !== line) return { reason: 'it is not in canonical form' }
  } catch {
    return { reason: 'it is not JSON' }
  }
  if (typeof record !== 'object' || record === null || !Number.isSafeInteger(record.sequence))
    return { reason: 'it is not a record' }
  const { hash, ...unsigned } = record
  if (hash !== hashOf(record.previous, canonicalJson(unsigned)))
    return { reason: 'its hash does not fit its content' }
  return { record }
}

function hashOf(previous: string, canonical: string): string {
  return createHash('sha256').update(previous).update(canonical).digest('hex')
}
