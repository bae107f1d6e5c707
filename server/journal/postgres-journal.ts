import type pg from 'pg'
import type { JournalRecord } from '../../src/domain/command.ts'
import { ask, transaction } from '../store/postgres-pool.ts'
import { locks } from '../store/postgres-schema.ts'
import { createTurns } from '../store/turns.ts'
import { chainAll, chainStart, readLine, type Link } from './chain.ts'
import type { Journal, NewRecord } from './journal.ts'

const page = 1000

export interface PostgresJournal extends Journal {
  /** Another gateway may have written: the lane says so before it wakes anybody. */
  learn(lastSequence: number): void
}

/** The same chain, line by line, in a table that several gateways share. */
export async function openPostgresJournal(pool: pg.Pool, schema: string): Promise<PostgresJournal> {
  const [top] = await ask<{ last: string | null }>(pool, 'SELECT max(sequence) AS last FROM journal', [])
  const turn = createTurns(1)
  let last = Number(top?.last ?? 0)
  const learn = (sequence: number): void => {
    last = Math.max(last, sequence)
  }
  return {
    append: (records, first) =>
      turn(async () => {
        if (records.length === 0) return []
        const written = await appendRecords(pool, schema, records, first)
        learn(written.at(-1)!.sequence)
        return written
      }),
    async *after(sequence) {
      for await (const line of linesAfter(pool, sequence)) yield JSON.parse(line) as JournalRecord
    },
    lastSequence: () => last,
    learn,
    async verify() {
      let link = chainStart
      let records = 0
      for await (const line of linesAfter(pool, 0)) {
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

async function* linesAfter(pool: pg.Pool, after: number): AsyncGenerator<string> {
  let from = after
  let rows: { sequence: string; line: string }[]
  do {
    rows = await ask(
      pool,
      'SELECT sequence, line FROM journal WHERE sequence > $1 ORDER BY sequence LIMIT $2',
      [from, page],
    )
    for (const { line } of rows) yield line
    from = Number(rows.at(-1)?.sequence)
  } while (rows.length === page)
}

/** One transaction under a lock: the chain's end is read where nobody else can add to it. */
function appendRecords(
  pool: pg.Pool,
  schema: string,
  records: readonly NewRecord[],
  first: number,
): Promise<JournalRecord[]> {
  return transaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', [schema, locks.journal])
    const { rows } = await client.query<{ line: string }>(
      'SELECT line FROM journal ORDER BY sequence DESC LIMIT 1',
    )
    const end = rows[0] && (JSON.parse(rows[0].line) as JournalRecord)
    const link: Link = end ? { sequence: end.sequence, hash: end.hash } : chainStart
    const made = chainAll(records, first, link)
    const sequences = made.records.map(({ sequence }) => sequence)
    await client.query('INSERT INTO sequences SELECT * FROM unnest($1::bigint[])', [sequences])
    await client.query('INSERT INTO journal SELECT * FROM unnest($1::bigint[], $2::text[])', [
      sequences,
      made.lines,
    ])
    return made.records
  })
}
