import { expect, test } from 'vitest'
import { readInfluxLine, statementOf } from './influx-answer.ts'

const window = { from: '2026-08-06T00:00:00Z', to: '2026-08-06T01:00:00Z' }
const times = 'time >= 1785974400000ms AND time < 1785978000000ms'

test('the window is a condition, and grouped time is cut by the city’s clock unless the statement says another', () => {
  const of = (query: string) => statementOf(query, window, 'Asia/Shanghai')
  expect(of('SELECT "v" FROM "m" WHERE {window}')).toBe(`SELECT "v" FROM "m" WHERE ${times}`)
  expect(of('SELECT mean("v") FROM "m" WHERE {window} GROUP BY time(1d), "a"')).toBe(
    `SELECT mean("v") FROM "m" WHERE ${times} GROUP BY time(1d), "a" tz('Asia/Shanghai')`,
  )
  expect(of("SELECT mean(v) FROM m WHERE {window} GROUP BY time(1d) tz('UTC')")).not.toContain('Shanghai')
})

test('an error inside a good answer is an error', () => {
  const line = '{"results":[{"statement_id":0,"error":"database not found: nope"}]}'
  expect(() => readInfluxLine(line, 'GET x')).toThrow('GET x: refused: "database not found: nope"')
  expect(() => readInfluxLine('{"error":"timeout"}', 'GET x')).toThrow('timeout')
})

test('a line says whether more follow', () => {
  const series = [{ name: 'm', tags: { a: '1' }, columns: ['time', 'v'], values: [[1, 2]] }]
  expect(readInfluxLine(JSON.stringify({ results: [{ series, partial: true }] }), '')).toEqual({
    series: [{ tags: { a: '1' }, columns: ['time', 'v'], values: [[1, 2]] }],
    more: true,
  })
  expect(readInfluxLine('{"results":[{"statement_id":0}]}', '')).toEqual({ series: [], more: false })
})
