import { expect, test } from 'vitest'
import { valueAxis } from './value-axis.ts'

test('steps are round and hold every value', () => {
  expect(valueAxis([101.3, 199.9], 3)).toMatchObject({
    min: 100,
    max: 200,
    ticks: [100, 150, 200],
    decimals: 0,
  })
  expect(valueAxis([0.1, 0.3], 2)).toMatchObject({ ticks: [0.1, 0.2, 0.3], decimals: 1 })
  expect(valueAxis([-3, 4], 3)).toMatchObject({ min: -5, max: 5 })
})

test('fewer steps are wanted where there is little room', () => {
  expect(valueAxis([101.3, 199.9], 1).ticks).toEqual([100, 200])
})

test('a flat line stands between two steps, and no values have no scale', () => {
  const flat = valueAxis([7, 7], 3)
  expect(flat.min).toBeLessThan(7)
  expect(flat.max).toBeGreaterThan(7)
  expect(valueAxis([0, 0], 3)).toMatchObject({ min: -1, max: 1 })
  expect(valueAxis([], 3).ticks).toEqual([])
})
