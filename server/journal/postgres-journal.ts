import type pg from 'pg'
import type { JournalRecord } from '../../src/domain/command.ts'
import { ask, transaction } from '../store/postgres-pool.ts'
import { locks } from '../store/postgres-schema.ts'
import { SequenceTakenError } from '../store/storage-errors.ts'
import { canonicalJson } from './canonical-json.ts'
import { chained, chainStart, readLine, type Link } from './chain.ts'
import type { Journal } from './journal.ts'

const page = 1000

export interface PostgresJournal extends Journal {
  /** Another gateway may have written: the lane says so before it wakes anybody. */
  learn(lastSequence: number): void
}

/** The same chain, line by line, in a table that several gateways share. */
export async function openPostgresJournal(pool: pg.Pool, schema: string): Promise<PostgresJournal> {
  const [top] = await ask<{ last: string | null }>(pool, 'SELECT max(sequence) AS last FROM journal', [])
  let last = Number(top?.last ?? 0)
  async function* lines(after: number): AsyncGenerator<string> {
    for (let from = after; ;) {
      const rows = await ask<{ sequence: string; line: string }>(
        pool,
        'SELECT sequence, line FROM journal WHERE sequence > $1 ORDER BY sequence LIMIT $2',
        [from, page],
      )
      for (const { line } of rows) yield line
      if (rows.length < page) return
      from = Number(rows.at(-1)!.sequence)
    }
  }
  return {
    async append(records, first) {
      if (records.length === 0) return []
      const made = await transaction(pool, async (client) => {
        await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', [schema, locks.journal])
        const head = await client.query<{ line: string }>(
          'SELECT line FROM journal ORDER BY sequence DESC LIMIT 1',
        )
        const record = head.rows[0] && (JSON.parse(head.rows[0].line) as JournalRecord)
        let link: Link = record ? { sequence: record.sequence, hash: record.hash } : chainStart
        if (first <= link.sequence)
          throw new SequenceTakenError(
            `sequence ${first} is not after ${link.sequence}, the last one in the journal`,
          )
        const chain = records.map((next, place) => {
          const linked = chained(link, next, first + place)
          link = { sequence: linked.sequence, hash: linked.hash }
          return linked
        })
        const sequences = chain.map(({ sequence }) => sequence)
        await client.query('INSERT INTO sequences SELECT * FROM unnest($1::bigint[])', [sequences])
        await client.query('INSERT INTO journal SELECT * FROM unnest($1::bigint[], $2::text[])', [
          sequences,
          chain.map(canonicalJson),
        ])
        return chain
      })
      last = Math.max(last, made.at(-1)!.sequence)
      return made
    },
    async *after(sequence) {
      for await (const line of lines(sequence)) yield JSON.parse(line) as JournalRecord
    },
    lastSequence: () => last,
    learn: (sequence) => (last = Math.max(last, sequence)),
    async verify() {
      let link = chainStart
      let records = 0
      for await (const line of lines(0)) {
        const read = readLine(line, link)
        if ('reason' in read) return { broken: { line: records + 1, reason: read.reason } }
        link = { sequence: read.record.sequence, hash: read.record.hash }
        records += 1
      }
      return { records }
    },
    close: async () => undefined,
  }
}
