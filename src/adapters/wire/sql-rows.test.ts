import { expect, test } from 'vitest'
import { type RowContext, expectColumns, instantText, readSqlRows } from './sql-rows.ts'

const fields: RowContext['fields'] = {
  region: { const: '220100' },
  time: { field: 'at', format: 'rfc3339', ytd: false },
  value: { field: 'value', notation: 'plain' },
  unit: 'mm',
  dims: {},
  comparisons: [],
  interval: [],
}
const context = (more: Partial<RowContext> = {}): RowContext => ({
  columns: [
    { name: 'at', kind: 'wall-clock' },
    { name: 'value', kind: 'plain' },
    { name: 'place', kind: 'geometry' },
  ],
  fields,
  declaredZone: 'Asia/Shanghai',
  sessionZone: 'Asia/Shanghai',
  cityZone: 'Asia/Shanghai',
  request: 'db:5432 SELECT',
  ...more,
})

test.each([
  ['2026-08-06 14:32:00.123456+08', '2026-08-06T14:32:00.123456+08:00'],
  ['2026-08-06 14:32:00+05:30', '2026-08-06T14:32:00+05:30'],
  ['2026-08-06 14:32:00', '2026-08-06T06:32:00.000Z'],
  ['infinity', 'infinity'],
])('%s is %s', (text, instant) => {
  const read = instantText(text, 'Asia/Shanghai')
  expect([read, Date.parse(read)]).toEqual([expect.any(String), Date.parse(instant)])
})

test('a row leads back to what the database gave, geometry as GeoJSON', () => {
  const rows = [['2026-08-06 08:00:00', '1.50', '{"type":"Point","coordinates":[125.3,43.9]}']]
  const { readings } = readSqlRows(rows, context(), 3)
  expect(readings[0]).toMatchObject({
    at: { instant: expect.stringMatching(/^2026-08-06T00:00:00/) },
    value: 1.5,
  })
  expect(readings[0]!.lineage.record).toEqual({
    place: 'page 3 row 1',
    text: '{"at":"2026-08-06 08:00:00","value":"1.50","place":{"type":"Point","coordinates":[125.3,43.9]}}',
  })
})

test('null is none, not 0; a time at infinity and a geometry of no system refuse their rows', () => {
  const { readings, refusals } = readSqlRows(
    [
      ['2026-08-06 08:00:00', null, null],
      ['infinity', '1', null],
      ['2026-08-06 08:00:00', '1', 'SRID 2433'],
    ],
    context(),
    1,
  )
  expect(readings.map(({ value, status }) => [value, status])).toEqual([[null, 'M']])
  expect(refusals.map(({ row }) => row)).toEqual(['page 1 row 2', 'page 1 row 3'])
  expect(refusals[1]!.reason).toContain('SRID 2433')
})

test('columns that are not there, and times of nobody’s zone, are said before any row is read', () => {
  expect(() => expectColumns(context(), ['id'])).toThrow('no column id; it has at, value, place')
  expect(() => expectColumns(context({ declaredZone: undefined }), [])).toThrow('times without a zone')
})
