import { expect, it } from 'vitest'
import { TileGroups, affordable } from './depth-budget.ts'

const tiles = Array.from({ length: 900 }, (_, at) => `${at}.glb`)

it('lets far more than a hundred tiles hide what is behind them, as long as their triangles are few', () => {
  expect(affordable(tiles, () => 3_000)).toHaveLength(900)
  expect(affordable(tiles, () => 30_000)).toEqual(tiles.slice(0, 100))
})

it('takes a tile not read yet for an average one', () => {
  const known = new Map(tiles.slice(0, 10).map((url) => [url, 10_000]))
  expect(affordable(tiles, (url) => known.get(url))).toHaveLength(300)
  expect(affordable(tiles, () => undefined)).toHaveLength(500)
})

it('spreads tiles over its groups, and leaves a group as it is while its tiles stay', () => {
  const groups = new TileGroups(4)
  const first = [...groups.of(tiles.slice(0, 8))]
  expect(first.map(({ length }) => length)).toEqual([2, 2, 2, 2])
  const then = [...groups.of([...tiles.slice(1, 8), 'new.glb'])]
  expect(then.flat().toSorted()).toEqual([...tiles.slice(1, 8), 'new.glb'].toSorted())
  expect(then.filter((group, at) => group === first[at])).toHaveLength(3)
  expect(groups.of([]).flat()).toEqual([])
})
