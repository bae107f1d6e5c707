import { expect, test } from 'vitest'
import { clickHouseCell, clickHouseException, readClickHouseTable } from './clickhouse-answer.ts'

const meta = [{ name: 'v', type: 'Int64' }]

test('an exception in the middle of a good answer is an error, never the rows before it', () => {
  const body = `{"meta":[],"data":[["1"],["2"]Code: 395, e.displayText() = DB::Exception: Value passed to 'throwIf' function is non zero, e.what() = DB::Exception\n`
  expect(() => readClickHouseTable(body, 'GET x')).toThrow(
    "GET x: exception 395, DB::Exception: Value passed to 'throwIf' function is non zero",
  )
})

test('the words of newer servers are understood too', () => {
  expect(
    clickHouseException('Code: 62. DB::Exception: Syntax error: failed at position 1. (SYNTAX_ERROR)'),
  ).toBe('exception 62, DB::Exception: Syntax error: failed at position 1. (SYNTAX_ERROR)')
  const body = JSON.stringify({ meta, data: [], exception: 'Code: 159. DB::Exception: Timeout exceeded' })
  expect(() => readClickHouseTable(body, '')).toThrow('exception 159, DB::Exception: Timeout exceeded')
})

test('a text that speaks of an exception is data', () => {
  const data = [['Code: 1, e.displayText() = DB::Exception: said by a row']]
  expect(readClickHouseTable(JSON.stringify({ meta, data, rows: 1 }), '').data).toEqual(data)
})

test('fewer rows than the answer says are no answer', () => {
  expect(() => readClickHouseTable(JSON.stringify({ meta, data: [['1']], rows: 2 }), '')).toThrow(
    '1 rows of 2',
  )
})

test('an integer that a number cannot hold exactly is not rounded', () => {
  expect(clickHouseCell('9007199254740991', 'Int64')).toBe('9007199254740991')
  expect(typeof clickHouseCell('9007199254740993', 'Int64')).toBe('object')
  expect(typeof clickHouseCell('18446744073709551615', 'Nullable(UInt64)')).toBe('object')
  expect(clickHouseCell('9007199254740993', 'String')).toBe('9007199254740993')
})
