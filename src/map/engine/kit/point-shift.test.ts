import { expect, it } from 'vitest'
import { offCentre, pointShift } from './point-shift.ts'

function drawn(...lit: [number, number][]): Uint8Array {
  const pixels = new Uint8Array(32 * 32 * 4)
  for (const [x, y] of lit) pixels[(y * 32 + x) * 4] = 255
  return pixels
}

it('tells how far a drawn point lies off its place', () => {
  expect(offCentre(drawn([15, 15], [16, 16]))).toEqual([0, 0])
  expect(offCentre(drawn([15, 15]))).toEqual([-0.5, -0.5])
})

it('moves nothing where nothing can be drawn', () => {
  expect(offCentre(drawn())).toEqual([0, 0])
  expect(pointShift()).toEqual([0, 0])
})
