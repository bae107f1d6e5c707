import { expect, it } from 'vitest'
import { plumeTips } from './plume-tips.ts'

/** A footprint from the release at `start` to `length` metres east of it. */
const blown = (start: number, length: number): [number, number, number][] => [
  [start + length / 2, length / 6, 0],
  [start, 0, 0],
  [start + length / 2, -length / 6, 0],
  [start + length, 0, 0],
  [start + length / 2, length / 6, 0],
]

it('finds the end away from the release of every footprint', () => {
  expect(plumeTips([blown(0, 900), blown(0, 500), blown(0, 200)])).toEqual([
    [900, 0, 0],
    [500, 0, 0],
    [200, 0, 0],
  ])
})

it('finds it downwind on the other side as well', () => {
  const west = (length: number): [number, number, number][] =>
    blown(0, length).map(([east, north, up]) => [-east, north, up])
  expect(plumeTips([west(900), west(200)]).map(([east]) => east)).toEqual([-900, -200])
})

it('takes a footprint alone from where its ring begins', () => {
  const ring = blown(0, 300).slice(1)
  expect(plumeTips([[...ring, ring[0]!]])).toEqual([[300, 0, 0]])
  expect(plumeTips([])).toEqual([])
})
