import { expect, it } from 'vitest'
import { gridClasses } from './grid-cells.ts'

const corners = [
  [125, 43],
  [129, 43],
  [129, 45],
  [125, 45],
  [125, 43],
]
const plane = (east: number, north: number): [number, number, number] => [east, north, 0]

it('starts in the north-west, and joins neighbours of one class in a row', () => {
  const values = [5, 5, null, 12, 0, 5, 5, 5]
  const [little, much] = gridClasses({ columns: 4, rows: 2, values }, corners, [1, 10], plane)
  expect(little!.map((ring) => [ring[0], ring[2]])).toEqual([
    [
      [125, 44, 0],
      [127, 45, 0],
    ],
    [
      [126, 43, 0],
      [129, 44, 0],
    ],
  ])
  expect(much).toHaveLength(1)
  expect(much![0]![3]).toEqual([128, 45, 0])
})

it('puts a value on a bound into the class above, and nothing for what is unknown or below', () => {
  const classes = gridClasses({ columns: 4, rows: 1, values: [1, 10, 0.9, null] }, corners, [1, 10], plane)
  expect(classes.map((rings) => rings.length)).toEqual([1, 1])
})

it('cuts long runs', () => {
  const grid = { columns: 20, rows: 1, values: Array.from({ length: 20 }, () => 3) }
  expect(gridClasses(grid, corners, [1], plane)[0]).toHaveLength(3)
})
