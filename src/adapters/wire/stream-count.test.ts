import { expect, it } from 'vitest'
import { StreamCount } from './stream-count.ts'

function told(cursor: string | undefined, counted: boolean, ids: readonly (string | undefined)[]) {
  let repeated = 0
  const count = new StreamCount(cursor, counted)
  const io = { tally: ({ duplicate = 0 }) => void (repeated += duplicate) }
  return { heard: ids.map((id) => count.next(id, io)), repeated: () => repeated }
}

it('tells what is missing behind our place and in between', () => {
  const { heard } = told('3', true, ['4', '7', '9', '10'])
  expect(heard).toEqual([{}, { missed: '5 to 6' }, { missed: '8' }, {}])
})

it('begins anywhere where we have no place', () => {
  expect(told(undefined, true, ['40', '41']).heard).toEqual([{}, {}])
})

it('holds back what the same connection repeats, and counts it', () => {
  const { heard, repeated } = told(undefined, true, ['1', '1', '2'])
  expect([heard, repeated()]).toEqual([[{}, undefined, {}], 1])
})

it('takes a server that counts anew, because it may be that and not a repetition', () => {
  const { heard, repeated } = told('900', true, ['1', '2'])
  expect([heard, repeated()]).toEqual([[{}, {}], 2])
})

it('makes nothing of names that are no count', () => {
  expect(told('a', false, ['b', undefined, '7', '90']).heard).toEqual([{}, {}, {}, {}])
})
