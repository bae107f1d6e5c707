import { describe, expect, it } from 'vitest'
import { type TimeFormat, readTime, writeTime } from './city-time.ts'

const read = (cell: unknown, format: TimeFormat, ytd = false, zone = 'Asia/Shanghai') => {
  const time = readTime(cell, format, zone, ytd)
  return 'reason' in time ? undefined : 'instant' in time.at ? time.at.instant : time.at.label
}

describe('readTime', () => {
  it.each<[unknown, TimeFormat, string]>([
    ['2026-08-06T14:32:00+08:00', 'rfc3339', '2026-08-06T06:32:00Z'],
    ['2026-08-06T06:32:00.250Z', 'rfc3339', '2026-08-06T06:32:00.250Z'],
    ['2026-08-06 14:32:00', 'city-time', '2026-08-06T06:32:00Z'],
    ['2026/8/6 9:05', 'city-time', '2026-08-06T01:05:00Z'],
    ['20260806143200', 'compact-time', '2026-08-06T06:32:00Z'],
    [1785997920, 'epoch-s', '2026-08-06T06:32:00Z'],
    ['1785997920000', 'epoch-ms', '2026-08-06T06:32:00Z'],
    ['2026年', 'year', '2026'],
    ['2026', 'period', '2026'],
    ['2025H1', 'half', '2025-S1'],
    ['2025年下半年', 'period', '2025-S2'],
    ['2026Q1', 'quarter', '2026-Q1'],
    ['2026年第2季度', 'quarter', '2026-Q2'],
    ['2026年三季度', 'period', '2026-Q3'],
    [202603, 'month', '2026-03'],
    ['2026年3月', 'month', '2026-03'],
    ['２０２６年３月', 'month', '2026-03'],
    ['2026-03', 'period', '2026-03'],
    ['2026年3月中旬', 'ten-day', '2026-03-X2'],
    ['2026-03-X3', 'period', '2026-03-X3'],
    ['2026-W12', 'week', '2026-W12'],
    ['20260806', 'day', '2026-08-06'],
    ['2026年8月6日', 'period', '2026-08-06'],
    ['2026080614', 'hour', '2026-08-06T14'],
    ['2026-08-06 14:00:00', 'hour', '2026-08-06T14'],
    ['2026年8月6日9时', 'hour', '2026-08-06T09'],
    ['2026-08-06 14:32', 'minute', '2026-08-06T14:32'],
    ['202608061432', 'period', '2026-08-06T14:32'],
    ['2026年1—6月', 'ytd', '2026-01/2026-06'],
    ['2026年1-2月', 'period', '2026-01/2026-02'],
    ['2026-01/2026-06', 'ytd', '2026-01/2026-06'],
  ])('reads %j as %s', (cell, format, expected) => {
    expect(read(cell, format)).toBe(expected)
  })

  it.each<[unknown, TimeFormat, string]>([
    ['202606', 'month', '2026-01/2026-06'],
    ['2026Q2', 'quarter', '2026-01/2026-06'],
    ['2025H1', 'period', '2025-01/2025-06'],
    ['2024', 'year', '2024-01/2024-12'],
    ['2026年第1季度', 'period', '2026-01/2026-03'],
  ])('reads a cumulative %j as its range from January', (cell, format, expected) => {
    expect(read(cell, format, true)).toBe(expected)
  })

  it.each<[unknown, TimeFormat]>([
    ['2026-02-30', 'day'],
    ['2026-13', 'month'],
    ['202613', 'period'],
    ['2026-02-30T00:00:00Z', 'rfc3339'],
    ['2026-08-06T14:32:00', 'rfc3339'],
    ['2026-08-06 25:00:00', 'city-time'],
    [1785997920000, 'epoch-s'],
    [1785997920, 'epoch-ms'],
    ['2026年2—6月', 'ytd'],
    ['2026-01/2025-06', 'ytd'],
    ['2025目标', 'period'],
    ['2026-08', 'day'],
    ['', 'day'],
    [null, 'day'],
    [{}, 'month'],
    ['2026Q5', 'quarter'],
    ['2026年第上季度', 'quarter'],
  ])('refuses %j as %s', (cell, format) => {
    expect(read(cell, format)).toBeUndefined()
  })

  it('takes a wall clock for the city’s own, in summer and winter, and refuses an hour that never was', () => {
    expect(read('2026-07-01 12:00:00', 'city-time', false, 'Europe/Berlin')).toBe('2026-07-01T10:00:00Z')
    expect(read('2026-12-01 12:00:00', 'city-time', false, 'Europe/Berlin')).toBe('2026-12-01T11:00:00Z')
    expect(read('2026-03-29 02:30:00', 'city-time', false, 'Europe/Berlin')).toBeUndefined()
  })
})

describe('writeTime', () => {
  it.each([
    ['rfc3339', '2026-08-06T06:32:05Z'],
    ['epoch-s', '1785997925'],
    ['epoch-ms', '1785997925000'],
    ['YYYY-MM-DD HH:mm:ss', '2026-08-06 14:32:05'],
    ['YYYYMM', '202608'],
    ['YYYY年MM月DD日', '2026年08月06日'],
  ])('writes an end of the window as %s', (format, expected) => {
    expect(writeTime('2026-08-06T14:32:05+08:00', format, 'Asia/Shanghai')).toBe(expected)
  })
})
