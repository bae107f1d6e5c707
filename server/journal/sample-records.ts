import type { JournalRecord } from '../../src/domain/command.ts'
import type { Journal, NewRecord } from './journal.ts'

export function written(number: number, change: Partial<NewRecord> = {}): NewRecord {
  return {
    record: { type: 'incident.accepted', payload: { incident: `i-${number}` } },
    at: '2026-08-06T06:32:00Z',
    actor: 'operator',
    stream: `incident:${number}`,
    command: `command-${number}`,
    ...change,
  }
}

export async function all(journal: Journal, after = 0): Promise<JournalRecord[]> {
  const records: JournalRecord[] = []
  for await (const record of journal.after(after)) records.push(record)
  return records
}
