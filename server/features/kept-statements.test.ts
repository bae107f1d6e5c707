import { expect, it } from 'vitest'
import { KeptStatements } from './kept-statements.ts'
import type { Statement } from '../../src/domain/feature-statement.ts'

const weighing = (bytes: number) => ({ bytes }) as Statement

it('drops the longest unused first, and never what was just set', () => {
  const kept = new KeptStatements(100)
  for (const key of ['a', 'b', 'c']) kept.set(key, weighing(30))
  kept.get('a')
  kept.set('d', weighing(30))
  expect(['a', 'b', 'c', 'd'].map((key) => kept.get(key) !== undefined)).toEqual([true, false, true, true])
  kept.set('heavy', weighing(500))
  expect([kept.size, kept.get('heavy')?.bytes]).toEqual([1, 500])
})

it('counts what is replaced once', () => {
  const kept = new KeptStatements(100)
  for (let turn = 0; turn < 9; turn += 1) kept.set('a', weighing(60))
  kept.set('b', weighing(40))
  expect(kept.size).toBe(2)
})
