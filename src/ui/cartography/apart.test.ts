import { expect, it } from 'vitest'
import { placesApart } from './apart.ts'

it('keeps the places that no other is near to, measured by the extent of all', () => {
  const places = [
    [0, 0, 0],
    [1, 0, 0],
    [100, 0, 0],
    [100, 0, 0],
  ] as const
  expect([...placesApart(places, 0.1)]).toEqual(['100,0,0'])
  expect(placesApart(places, 0.001).size).toBe(3)
  expect([...placesApart([[5, 5, 0]], 0.1)]).toEqual(['5,5,0'])
  expect(placesApart([], 0.1).size).toBe(0)
})
