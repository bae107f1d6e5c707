// @vitest-environment node
import { expect, test } from 'vitest'
import { DropFolder } from './drop-folder.ts'

const entry = (name: string, bytes: number, modifiedAt = '2026-08-06T00:00:00Z') => ({
  name,
  bytes,
  modifiedAt,
})
const names = (entries: { name: string }[]) => entries.map(({ name }) => name)

test('takes a file when its size stood still between two looks far enough apart', () => {
  const folder = new DropFolder()
  expect(folder.settled([entry('a', 10)], 0, 5_000)).toEqual([])
  expect(folder.settled([entry('a', 10)], 4_999, 5_000)).toEqual([])
  expect(names(folder.settled([entry('a', 10)], 5_000, 5_000))).toEqual(['a'])
})

test('waits anew for one that grows, or is written again to the same size', () => {
  const folder = new DropFolder()
  folder.settled([entry('a', 10)], 0, 5_000)
  expect(folder.settled([entry('a', 20)], 6_000, 5_000)).toEqual([])
  expect(folder.settled([entry('a', 20, '2026-08-06T00:01:00Z')], 12_000, 5_000)).toEqual([])
  expect(names(folder.settled([entry('a', 20, '2026-08-06T00:01:00Z')], 17_000, 5_000))).toEqual(['a'])
})

test('gives the oldest first, and forgets what has gone', () => {
  const folder = new DropFolder()
  const entries = [entry('b', 1), entry('a', 1), entry('c', 1, '2026-08-05T00:00:00Z')]
  folder.settled(entries, 0, 0)
  expect(names(folder.settled(entries, 1, 0))).toEqual(['c', 'a', 'b'])
  folder.remember(entries[0]!, 'hash')
  expect(folder.hashOf(entries[0]!)).toBe('hash')
  expect(folder.hashOf(entry('b', 2))).toBeUndefined()
  folder.settled([], 2, 0)
  expect(folder.hashOf(entries[0]!)).toBeUndefined()
})
