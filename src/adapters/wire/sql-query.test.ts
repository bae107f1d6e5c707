import { expect, test } from 'vitest'
import { mysqlDialect } from './sql-mysql.ts'
import { postgresDialect } from './sql-postgres.ts'
import { changesQuery, windowQuery } from './sql-query.ts'
import { type Statement, readStatement } from './sql-text.ts'

const told = (text: string) => readStatement(text, ['from', 'to', 'cursor'], 'postgres') as Statement
const columns = [
  { name: 'at', kind: 'instant' as const },
  { name: 'odd "name`', kind: 'plain' as const },
]
const evil = "'; DROP TABLE t; --"
const parameters = {
  from: { type: 'instant' as const, text: '2026-08-05T16:00:00Z' },
  to: { type: 'plain' as const, text: evil },
}

test('values are bound in the order they stand, and never become part of the text', () => {
  const statement = told('SELECT * FROM t WHERE at >= :from AND word <> :to AND at <> :from -- end')
  const list = { columns, srid: undefined, orderBy: 'at' }
  const asked = windowQuery(postgresDialect, statement, parameters, list)
  expect(asked.values).toEqual(['2026-08-05T16:00:00Z', evil, '2026-08-05T16:00:00Z'])
  expect(asked.text).toBe(
    'SELECT q."at", q."odd ""name`" FROM (SELECT * FROM t WHERE at >= $1::timestamptz AND word <> $2 AND at <> $3::timestamptz -- end\n) q ORDER BY q."at"',
  )
  const mysql = windowQuery(mysqlDialect('Asia/Shanghai'), statement, parameters, list)
  expect(mysql.values).toEqual(asked.values)
  expect(mysql.text).toContain('at >= CAST(? AS DATETIME(6)) AND word <> ?')
  expect(mysql.text).toContain('q.`odd "name```')
})

test('MySQL is told an instant as the clock of its session shows it', () => {
  expect(mysqlDialect('Asia/Shanghai').instant('2026-08-05T16:00:00Z')).toBe('2026-08-06 00:00:00')
  expect(mysqlDialect('UTC').instant('2026-08-05T16:00:00Z')).toBe('2026-08-05 16:00:00')
})

test('the next rows come after (at, id), found by the index on at', () => {
  const list = { columns, srid: undefined, at: 'at', id: 'odd "name`' }
  const position = { at: { type: 'time' as const, text: 'T' }, id: { type: 'integer' as const, text: '7' } }
  const asked = changesQuery(postgresDialect, told('SELECT 1'), {}, list, position, 50)
  expect(asked.text).toMatch(
    /WHERE q\."at" >= \$1 AND \(q\."at" > \$2 OR q\."odd ""name`" > \$3\) ORDER BY .* LIMIT 50$/,
  )
  expect(asked.values).toEqual(['T', 'T', '7'])
})
