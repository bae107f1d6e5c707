import { expect, it } from 'vitest'
import { COLUMN_FOOT, columnHeights } from './column-height.ts'

it('is linear from zero above the foot, on one scale', () => {
  const heights = columnHeights(
    new Map([
      ['a', 10],
      ['b', 5],
      ['c', 0],
      ['d', -3],
    ]),
  )
  expect(heights.get('a')! - COLUMN_FOOT).toBeCloseTo(2 * (heights.get('b')! - COLUMN_FOOT))
  expect([heights.get('c'), heights.get('d')]).toEqual([COLUMN_FOOT, COLUMN_FOOT])
})

it('stands on the foot alone when nothing is above zero', () => {
  expect(columnHeights(new Map([['a', 0]])).get('a')).toBe(COLUMN_FOOT)
  expect(columnHeights(new Map()).size).toBe(0)
})
