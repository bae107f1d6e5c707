import { expect, test } from 'vitest'
import { ChangesReader, type Mark } from './sql-changes.ts'
import { postgresDialect } from './sql-postgres.ts'
import type { Cell, Column, SqlSession } from './sql-session.ts'
import { type Statement, readStatement } from './sql-text.ts'

const statement = readStatement('SELECT * FROM t WHERE at >= :cursor', ['cursor'], 'postgres') as Statement
const timed: Column[] = [
  { name: 'at', kind: 'instant' },
  { name: 'id', kind: 'integer' },
]
const counted: Column[] = [
  { name: 'at', kind: 'integer' },
  { name: 'id', kind: 'plain' },
]

/** A database of rows (at, id) whose `at` are texts of one length; it hears what it is asked. */
function database(rows: [at: string, id: string][]) {
  const asked: { text: string; values: (string | null)[] }[] = []
  const session = {
    dialect: postgresDialect,
    async *pages(query: { text: string; values: (string | null)[] }, count: number) {
      asked.push(query)
      // The first value is the :cursor of the statement itself; then come at, at and id of the position.
      const [, at, , id] = query.values
      const after = rows
        .filter(([a, i]) => at == null || a > at || (a === at && (id == null || Number(i) > Number(id))))
        .toSorted(([a, i], [b, j]) => (a === b ? Number(i) - Number(j) : a < b ? -1 : 1))
      const page = after.slice(0, count)
      if (page.length > 0) yield page as Cell[][]
    },
  } as unknown as SqlSession
  return { session, asked, rows }
}

async function passOf(reader: ChangesReader, session: SqlSession): Promise<string[][]> {
  const pages: string[][] = []
  for await (const rows of reader.pass(session)) pages.push(rows.map(([, id]) => id!))
  return pages
}

const reader = (columns: Column[], more: { overlap?: string | number; mark?: Mark } = {}) =>
  new ChangesReader(
    { statement, at: 'at', id: 'id', overlap: more.overlap, srid: undefined, pageRows: 2 },
    columns,
    more.mark,
  )
const second = (n: number) => `2026-08-06 08:00:${String(n).padStart(2, '0')}.5+08`

test('rows of one time are read across pages, each once', async () => {
  const { session, rows } = database([1, 2, 3, 4, 5].map((id) => [second(0), String(id)]))
  const read = reader(timed)
  expect(await passOf(read, session)).toEqual([['1', '2'], ['3', '4'], ['5']])
  expect(read.mark).toEqual({ at: second(0), id: '5' })
  expect(await passOf(read, session)).toEqual([])
  rows.push([second(0), '6'])
  expect(await passOf(read, session)).toEqual([['6']])
})

test('a row that shows up behind the newest one is read within the overlap, and not twice', async () => {
  const { session, rows } = database([
    [second(1), '1'],
    [second(20), '2'],
  ])
  const read = reader(timed, { overlap: 'PT15S' })
  await passOf(read, session)
  rows.push([second(6), '3'], [second(4), '4'])
  // 20 − 15 = 5: what came later than that is known to be late no more.
  expect(await passOf(read, session)).toEqual([['3']])
  expect(read.mark).toEqual({ at: second(20), id: '2' })
})

test('after a restart it goes on a little before the mark, in the offset of the text', async () => {
  const { session, asked } = database([[second(30), '9']])
  const read = reader(timed, { overlap: 'PT15S', mark: { at: second(30), id: '9' } })
  expect(await passOf(read, session)).toEqual([['9']])
  expect(asked[0]!.values).toEqual(['2026-08-06 08:00:15.500+08', '2026-08-06 08:00:15.500+08'])
})

test('whole numbers keep all their digits', async () => {
  const { session, asked } = database([])
  const mark = { at: '9007199254740993', id: 'x' }
  await passOf(reader(counted, { overlap: 2, mark }), session)
  expect(asked[0]!.values).toEqual(['9007199254740991', '9007199254740991'])
})

test('what cannot be followed is said', async () => {
  const plain: Column[] = [{ name: 'at', kind: 'plain' }, timed[1]!]
  expect(() => reader(plain)).toThrow('neither a time nor a whole number')
  expect(() => reader(counted, { overlap: 'PT1M' })).toThrow('overlap PT1M does not fit column at')
  const { session } = database([['infinity', '1']])
  await expect(passOf(reader(timed), session)).rejects.toThrow('dated "infinity"')
})
