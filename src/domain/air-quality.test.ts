import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { airQuality, roundedHalfEven, subIndex } from './air-quality.ts'
import { bandOf, tableAt } from './band-at.ts'
import { type Breakpoints, StandardTableSchema, gradingsOf } from './standard-table.ts'

const tables = ['hj-633', 'gb-3095', 'gradings'].flatMap((name) => {
  const path = join(import.meta.dirname, '../../cities/standards', `${name}.yaml`)
  const file = parse(readFileSync(path, 'utf8')) as { tables: unknown[] }
  return file.tables.map((table) => v.parse(StandardTableSchema, table))
})
const lastOfOld = '2026-02-28T23:59:59+08:00'
const firstOfNew = '2026-03-01T00:00:00+08:00'
const breakpoints = tables.filter((table): table is Breakpoints => 'breakpoints' in table)
const at = (instant: string): Breakpoints => tableAt(breakpoints, instant, 'air-quality-index')!

describe('HJ 633', () => {
  it.each([
    ['PM25-24h', 75, 114, 100],
    ['PM10-24h', 150, 112, 100],
    ['PM25-24h', 60.5, 100, 82],
    ['PM25-24h', 60.6, 101, 83],
    ['SO2-1h', 2000, 200, undefined],
    ['O3-8h', 1200, 300, undefined],
    ['NO2-1h', 350, 115, 115],
    ['PM25-24h', 900, 500, 500],
    ['CO-24h', 0, 0, 0],
  ])('%s %d is %d since 2026-03-01 and %d before', (item, value, since, before) => {
    expect(subIndex(at(firstOfNew), item, value)).toBe(since)
    expect(subIndex(at(lastOfOld), item, value)).toBe(before)
  })

  it('names every pollutant of the greatest index, and none in good air', () => {
    expect(airQuality(at(firstOfNew), { 'PM25-24h': 60, 'PM10-24h': 120 })).toEqual({
      aqi: 100,
      primary: ['PM25-24h', 'PM10-24h'],
    })
    expect(airQuality(at(firstOfNew), { 'PM25-24h': 20 })).toMatchObject({ primary: [] })
    expect(airQuality(at(lastOfOld), { 'SO2-1h': 2000 })).toBeUndefined()
  })

  it('rounds half to even before it looks', () => {
    expect([60.5, 61.5, 60.6, 2.5].map((value) => roundedHalfEven(value, 0))).toEqual([60, 62, 61, 2])
    expect(roundedHalfEven(1.25, 1)).toBe(1.2)
  })
})

describe('tables by the date of the observation', () => {
  const stageOf = (instant: string) => tableAt(tables, instant, 'ambient-pm25-24h')!
  const nameOf = (instant: string, value: number) => {
    const table = stageOf(instant)
    return bandOf('bands' in table ? table : undefined, value)?.name.zh
  }

  it('changes with the first instant of each stage of GB 3095', () => {
    expect([lastOfOld, firstOfNew].map((instant) => nameOf(instant, 70))).toEqual(['二级', '超过二级'])
    expect(nameOf('2030-12-31T23:59:59+08:00', 55)).toBe('二级')
    expect(nameOf('2031-01-01T00:00:00+08:00', 55)).toBe('超过二级')
  })

  it('leaves no instant without a table and none with two of one id', () => {
    for (const id of new Set(tables.map((table) => table.id)))
      for (const instant of ['2020-01-01T00:00:00Z', lastOfOld, firstOfNew, '2035-01-01T00:00:00Z']) {
        const standing = tables.filter((table) => table.id === id && tableAt([table], instant))
        expect(standing, `${id} ${instant}`).toHaveLength(1)
      }
  })

  it('puts an index into the words of its class', () => {
    const classes = gradingsOf('ECO.AIR.AQI', tables)
    const said = [50, 51, 150, 301].map((value) => bandOf(tableAt(classes, firstOfNew), value)?.name.zh)
    expect(said).toEqual(['优', '良', '轻度污染', '严重污染'])
    expect(bandOf(tableAt(classes, firstOfNew), null)).toBeUndefined()
  })
})
