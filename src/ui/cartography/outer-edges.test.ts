import { expect, it } from 'vitest'
import { outerEdges, outline } from './outer-edges.ts'

const left = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
]
const right = [
  [1, 0],
  [2, 0],
  [2, 1],
  [1, 1],
  [1, 0],
]

it('drops the edge two units share', () => {
  expect(outerEdges([left])).toHaveLength(4)
  expect(outerEdges([left, right])).toHaveLength(6)
})

it('joins the outline into one closed line', () => {
  const lines = outline([left, right])
  expect(lines).toHaveLength(1)
  expect(lines[0]![0]).toEqual(lines[0]!.at(-1))
  expect(lines[0]).toHaveLength(7)
})
