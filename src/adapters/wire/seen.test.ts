import { expect, it } from 'vitest'
import { Seen } from './seen.ts'

it('knows what it was told of, and forgets what was told longest ago', () => {
  const seen = new Seen(2)
  for (const name of ['a', 'b', 'a', 'c']) seen.add(name)
  expect(['a', 'b', 'c', 'd'].map((name) => seen.has(name))).toEqual([true, false, true, false])
})
