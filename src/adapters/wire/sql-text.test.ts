import { expect, test } from 'vitest'
import { type SqlFamily, readStatement, writeStatement } from './sql-text.ts'

const read = (text: string, family: SqlFamily = 'postgres') => readStatement(text, ['from', 'to'], family)
const reason = (text: string, family?: SqlFamily) => {
  const statement = read(text, family)
  return 'reason' in statement ? statement.reason : undefined
}

test('parameters are cut out where they stand, and nowhere else', () => {
  const text = `SELECT ':from', "a:to", x::text, $q$ :to $q$ /* :from /* :to */ */ -- :to
    FROM t WHERE at >= :from AND at < :to AND at <> :from;`
  const statement = read(text)
  expect('names' in statement && statement.names).toEqual(['from', 'to', 'from'])
  expect('names' in statement && writeStatement(statement, (name) => `<${name}>`)).toContain(
    'at >= <from> AND at < <to> AND at <> <from>',
  )
})

test.each([
  ['DELETE FROM t', 'DELETE'],
  ['SELECT 1; SELECT 2', 'more than one'],
  ['SELECT 1; -- done\n DROP TABLE t', 'more than one'],
  ['WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone', 'DELETE'],
  ['SELECT * INTO copy FROM t', 'INTO'],
  ['SELECT * FROM t FOR UPDATE', 'UPDATE'],
  ['EXPLAIN SELECT 1', 'neither'],
  ['', 'neither'],
  ["SELECT 'open", 'has no end'],
  ['SELECT /* open', 'has no end'],
  ['SELECT :cursor', ':cursor is not known'],
])('%s is refused', (text, words) => {
  expect(reason(text)).toContain(words)
})

test('names, quoted words and functions that look like commands are none', () => {
  expect(reason(`SELECT updated_at, "delete", 'drop', replace(a, 'b', 'c') FROM t;  -- end`)).toBeUndefined()
  expect(reason('WITH a AS (SELECT 1 AS 值) SELECT 值 FROM a')).toBeUndefined()
})

test('quotes end where the database says they end', () => {
  // To MySQL \' is a quote in the text; to PostgreSQL the text ends there, unless it is E'…'.
  expect(reason(String.raw`SELECT 'a\'; DROP TABLE t; --'`, 'mysql')).toBeUndefined()
  expect(reason(String.raw`SELECT 'a\'; DROP TABLE t; --'`, 'postgres')).toBe('more than one statement')
  expect(reason(String.raw`SELECT E'a\'; DROP TABLE t; --'`, 'postgres')).toBeUndefined()
  expect(reason("SELECT 'it''s; DROP' FROM t", 'other')).toBeUndefined()
  expect(reason('SELECT 1 # :from ; DROP', 'mysql')).toBeUndefined()
  expect(reason('SELECT 1 /*!50000 INTO OUTFILE "x" */', 'mysql')).toContain('would run')
  expect(reason('SELECT 1 /*M! INTO OUTFILE "x" */', 'mysql')).toContain('would run')
})
