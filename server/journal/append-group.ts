import type { JournalRecord } from '../../src/domain/command.ts'
import { chainAll, type Link } from './chain.ts'
import { maxGroupBytes } from './check-file.ts'
import type { NewRecord } from './journal.ts'

/** One append that is not on the disk yet. */
export interface Waiting {
  records: NewRecord[]
  first: number
  resolve(records: JournalRecord[]): void
  reject(error: unknown): void
}

/** Appends that go to the disk with one write. */
export interface Group {
  taken: number
  accepted: { resolve: Waiting['resolve']; reject: Waiting['reject']; from: number; to: number }[]
  records: JournalRecord[]
  lines: Buffer[]
  link: Link
}

/** Chains as many of the waiting appends as fit one write; one that cannot be chained is rejected alone. */
export function takeGroup(waiting: readonly Waiting[], start: Link): Group {
  const group: Group = { taken: 0, accepted: [], records: [], lines: [], link: start }
  let bytes = 0
  for (const { records, first, resolve, reject } of waiting) {
    try {
      const made = chainAll(records, first, group.link)
      const lines = made.lines.map((line) => Buffer.from(`${line}\n`))
      const length = lines.reduce((sum, line) => sum + line.length, 0)
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
      group.lines.push(...lines)
      group.link = made.link
    } catch (error) {
      reject(error)
    }
    group.taken += 1
  }
  return group
}
