import { expect, test } from 'vitest'
import type { Observation } from '../domain/observation.ts'
import { lastPeriods } from './trend.ts'

const at = (second: number, value: number | null): Observation =>
  ({
    period: {
      start: `2026-08-06T06:32:${String(second).padStart(2, '0')}Z`,
      end: `2026-08-06T06:32:${String(second).padStart(2, '0')}Z`,
      label: '',
    },
    value,
  }) as Observation

test('the newest observation follows the series once, and an older one never goes back in time', () => {
  const series = [at(1, 10), at(2, null), at(3, 12)]
  const base = Date.parse('2026-08-06T06:32:00Z')
  expect(lastPeriods(series, at(4, 13), 10).map(([ms, value]) => [(ms - base) / 1000, value])).toEqual([
    [1, 10],
    [2, null],
    [3, 12],
    [4, 13],
  ])
  expect(lastPeriods(series, at(3, 99), 10)).toHaveLength(3)
  expect(lastPeriods(series, at(1, 99), 10)).toHaveLength(3)
  expect(lastPeriods(series, at(4, 13), 2).map(([, value]) => value)).toEqual([12, 13])
  expect(lastPeriods([], undefined, 5)).toEqual([])
})
