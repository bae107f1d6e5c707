import { expect, test } from 'vitest'
import { timeTicks } from './time-axis.ts'

const zone = 'Asia/Shanghai'
const at = (text: string): number => Date.parse(`${text}+08:00`)
const labels = (from: string, to: string, most: number, language: 'zh' | 'en' = 'zh') =>
  timeTicks(at(from), at(to), most, zone, language).map(({ label }) => label)

test('a minute has round seconds of the city’s clock', () => {
  expect(labels('2026-08-06T14:31:03', '2026-08-06T14:32:02', 4)).toEqual([
    '14:31:15',
    '14:31:30',
    '14:31:45',
    '14:32:00',
  ])
})

test('hours and days begin where the city’s do, not where UTC’s do', () => {
  expect(labels('2026-08-05T21:00:00', '2026-08-06T14:32:00', 3)).toEqual(['00:00', '06:00', '12:00'])
  expect(labels('2026-08-01T12:00:00', '2026-08-06T12:00:00', 5)).toEqual([
    '8月2日',
    '8月3日',
    '8月4日',
    '8月5日',
    '8月6日',
  ])
})

test('months name the year where it begins', () => {
  expect(labels('2025-11-15T00:00:00', '2026-08-06T00:00:00', 4)).toEqual(['2026年', '4月', '7月'])
  expect(labels('2025-11-15T00:00:00', '2026-08-06T00:00:00', 4, 'en')).toEqual(['2026', 'Apr', 'Jul'])
  expect(labels('2016-06-01T00:00:00', '2026-08-06T00:00:00', 3)).toEqual(['2020年', '2025年'])
})

test('a day that changes the clock keeps its ticks at midnight', () => {
  const berlin = timeTicks(
    Date.parse('2026-03-27T12:00:00+01:00'),
    Date.parse('2026-03-31T12:00:00+02:00'),
    5,
    'Europe/Berlin',
    'zh',
  )
  expect(berlin.map(({ ms }) => new Date(ms).toISOString().slice(11, 16))).toEqual([
    '23:00',
    '23:00',
    '22:00',
    '22:00',
  ])
})

test('an instant alone has no axis', () => {
  expect(timeTicks(at('2026-08-06T14:31:03'), at('2026-08-06T14:31:03'), 4, zone, 'zh')).toEqual([])
})
