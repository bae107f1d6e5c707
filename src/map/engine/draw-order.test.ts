import { expect, it } from 'vitest'
import { drawOrder } from './draw-order.ts'

it("lays water and streets on the districts' land and below everything else", () => {
  const ids = [
    'ground-water',
    'ground-road',
    'district-land-side',
    'district-land-area',
    'district-land-line',
  ]
  const drawn = drawOrder(
    [...ids, 'plume-footprint'].map((id) => ({ id })),
    false,
  )
  expect(drawn.map(({ id }) => id)).toEqual([
    'district-land-side',
    'district-land-area',
    'ground-water',
    'ground-road',
    'district-land-line',
    'plume-footprint',
  ])
})
