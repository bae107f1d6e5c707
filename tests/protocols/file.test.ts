// @vitest-environment node
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import file from '../../src/adapters/indicators/file.ts'
import type { Reading, Refusal } from '../../src/domain/reading.ts'
import { ownIo } from './support/own-io.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'citydeck-file-'))
  mkdirSync(join(root, 'in'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const fields = {
  region: { field: 'region' },
  time: { field: 'at', format: 'rfc3339' },
  value: { field: 'value' },
  unit: '1',
}

function reader(settings: object, mapping: object = {}) {
  const source = v.parse(file.settings, { folder: 'in', ...settings })
  const figure = v.parse(file.mapping, { fields, ...mapping })
  let nowMs = Date.parse('2026-08-06T06:32:00Z')
  return {
    later: (ms: number) => void (nowMs += ms),
    async read(figureNow = figure) {
      const { io, counted } = ownIo(source, root)
      const taken = { readings: [] as Reading[], refusals: [] as Refusal[], counted }
      const window = { from: '2026-08-05T16:00:00Z', to: '2026-08-06T16:00:00Z' }
      for await (const page of file.read(source, figureNow, window, { ...io, now: () => nowMs })) {
        taken.readings.push(...page.readings)
        taken.refusals.push(...page.refusals)
      }
      return taken
    },
  }
}

describe('Parquet', () => {
  const columns = `SELECT '220102' AS region, TIMESTAMPTZ '2026-08-06 08:00:00+08' AS at, 35.5::DOUBLE AS value,
      TIMESTAMP '2026-08-06 08:00:00' AS wall, DATE '2026-08-06' AS day, 9007199254740993::BIGINT AS long, 12.30::DECIMAL(9,2) AS money
    UNION ALL SELECT '220103', TIMESTAMPTZ '2026-08-06 08:01:00+08', NULL, NULL, NULL, 5, NULL
    UNION ALL SELECT '220104', TIMESTAMPTZ '2026-08-06 08:02:00+08', 'NaN'::DOUBLE, NULL, NULL, 5, NULL ORDER BY region`

  async function write(name: string, query: string, codec: string): Promise<void> {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    await connection.run(
      `COPY (${query}) TO '${join(root, 'in', name)}' (FORMAT parquet, COMPRESSION ${codec})`,
    )
    connection.closeSync()
  }

  test.each(['zstd', 'snappy', 'gzip', 'uncompressed'])(
    'packed by %s, as DuckDB writes it',
    async (codec) => {
      await write('a.parquet', columns, codec)
      const { readings, refusals } = await reader({ file: 'a.parquet' }).read()
      expect(readings).toMatchObject([
        { region: '220102', at: { instant: '2026-08-06T00:00:00Z' }, value: 35.5 },
        { region: '220103', at: { instant: '2026-08-06T00:01:00Z' }, value: null },
      ])
      expect(refusals).toEqual([{ row: 'row 3', reason: 'column 3 value: not a finite number' }])
    },
  )

  test.each([
    ['day', 'day', { label: '2026-08-06' }],
    ['wall', 'city-time', { instant: '2026-08-06T00:00:00Z' }],
  ])('a %s column is the calendar or clock it shows', async (field, format, at) => {
    await write('a.parquet', columns, 'zstd')
    const { readings } = await reader(
      { file: 'a.parquet' },
      { fields: { ...fields, time: { field, format } } },
    ).read()
    expect(readings[0]!.at).toEqual(at)
  })

  test('decimals and whole numbers keep their value', async () => {
    await write('a.parquet', columns, 'snappy')
    const money = await reader(
      { file: 'a.parquet' },
      { fields: { ...fields, value: { field: 'money' } } },
    ).read()
    expect(money.readings[0]!.value).toBe(12.3)
    const long = await reader(
      { file: 'a.parquet' },
      { fields: { ...fields, value: { field: 'long' } } },
    ).read()
    expect(long.readings.map(({ value }) => value)).toEqual([9007199254740992, 5, 5])
  })

  test('refuses lists, rubbish, too many rows, and a broken page', async () => {
    await write('list.parquet', "SELECT '220102' AS region, [1, 2] AS value", 'zstd')
    await expect(reader({ file: 'list.parquet' }).read()).rejects.toThrow(
      'column value holds lists or groups',
    )
    writeFileSync(join(root, 'in/rubbish.parquet'), 'PAR1 and nothing PAR1')
    await expect(reader({ file: 'rubbish.parquet' }).read()).rejects.toThrow(
      'rubbish.parquet is not a Parquet file',
    )
    await write('many.parquet', 'SELECT range AS value FROM range(2000)', 'zstd')
    await expect(reader({ file: 'many.parquet', limits: { maxRows: 1_000 } }).read()).rejects.toThrow(
      'more than 1000 rows',
    )
    await write('bad.parquet', columns, 'zstd')
    const bytes = readFileSync(join(root, 'in/bad.parquet'))
    bytes.fill(0xff, 4, 60)
    writeFileSync(join(root, 'in/bad.parquet'), bytes)
    await expect(reader({ file: 'bad.parquet' }).read()).rejects.toThrow(
      'bad.parquet cannot be read as Parquet',
    )
  })
})

describe('a folder that files are put into', () => {
  const put = (name: string, ...rows: string[]) =>
    writeFileSync(join(root, 'in', name), `region,at,value\n${rows.map((row) => `${row}\n`).join('')}`)
  const values = ({ readings }: { readings: Reading[] }) => readings.map(({ value }) => value)
  const row = (value: number) => `220102,2026-08-06T08:00:00+08:00,${value}`

  test('takes each file once it has stood still, and each content once', async () => {
    const folder = reader({ pattern: '*.csv' })
    put('1.csv', row(1))
    writeFileSync(join(root, 'in/note.parquet'), 'not of the pattern')
    expect(values(await folder.read())).toEqual([])
    folder.later(5_000)
    expect(values(await folder.read())).toEqual([1])
    expect(values(await folder.read())).toEqual([])
    put('again.csv', row(1))
    put('2.csv', row(2))
    await folder.read()
    folder.later(5_000)
    const next = await folder.read()
    expect(values(next)).toEqual([2])
    expect(next.counted).toEqual({ duplicate: 1 })
  })

  test('waits for one that is still being written', async () => {
    const folder = reader({ pattern: '*.csv' })
    put('1.csv', row(1))
    await folder.read()
    folder.later(6_000)
    put('1.csv', row(1), row(2))
    expect(values(await folder.read())).toEqual([])
    folder.later(6_000)
    expect(values(await folder.read())).toEqual([1, 2])
  })

  test('tells of a broken file and takes the others', async () => {
    const folder = reader({ pattern: '*.csv' })
    writeFileSync(join(root, 'in/0.csv'), 'other,heading\n1,2\n')
    put('1.csv', row(1))
    await folder.read()
    folder.later(5_000)
    const taken = await folder.read()
    expect(values(taken)).toEqual([1])
    expect(taken.refusals).toEqual([{ row: '0.csv', reason: expect.stringContaining('0.csv has no column') }])
  })

  test('each indicator takes the file for itself, and a fresh start takes all again', async () => {
    const folder = reader({ pattern: '*.csv' })
    put('1.csv', row(1))
    await folder.read()
    folder.later(5_000)
    const other = v.parse(file.mapping, { fields: { ...fields, unit: '%' } })
    expect([values(await folder.read()), values(await folder.read(other))]).toEqual([[1], [1]])
    const fresh = reader({ pattern: '*.csv' })
    await fresh.read()
    fresh.later(5_000)
    expect(values(await fresh.read())).toEqual([1])
  })

  test('is either one file or a pattern', () => {
    expect(v.is(file.settings, { folder: 'in' })).toBe(false)
    expect(v.is(file.settings, { folder: 'in', file: 'a.csv', pattern: '*.csv' })).toBe(false)
    expect(v.is(file.settings, { folder: 'in', pattern: '../*.csv' })).toBe(false)
  })
})
