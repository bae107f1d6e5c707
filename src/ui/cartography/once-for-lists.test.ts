import { expect, it, vi } from 'vitest'
import { onceForLists } from './once-for-lists.ts'

it('works once for a pair, and again for another', () => {
  const work = vi.fn((first: number[], second: number[]) => first.length + second.length)
  const sum = onceForLists(work)
  const [a, b, c] = [[1], [2, 3], [4]]
  expect([sum(a, b), sum(a, b), sum(a, c), sum(c, b)]).toEqual([3, 3, 2, 3])
  expect(work).toHaveBeenCalledTimes(3)
})
