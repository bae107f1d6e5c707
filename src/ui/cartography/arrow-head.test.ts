import { expect, it } from 'vitest'
import { arrowHead, headingArrow } from './arrow-head.ts'

it('touches its end with the tip and lies behind it', () => {
  const [tip, left, right] = arrowHead([0, 0, 0], [10, 0, 0], [1, 2, 3], 18)
  expect(tip!.at).toEqual([10, 0, 0])
  expect(tip!.lift.map((axis) => Math.abs(axis))).toEqual([0, 0, 0])
  expect([left!.lift[0], right!.lift[0]]).toEqual([-18, -18])
  expect(left!.lift[1]).toBeCloseTo(-right!.lift[1])
})

it('has no direction between a place and itself', () => {
  expect(arrowHead([5, 5, 0], [5, 5, 0], [1, 2, 3], 18)).toEqual([])
})

it('points along a heading with its middle over the place', () => {
  const [tip, left, right] = headingArrow([0, 0, 0], 90, [1, 2, 3], 12)
  expect(tip!.lift[0]).toBeCloseTo(6)
  expect(left!.lift[0]).toBeCloseTo(-6)
  expect(right!.lift[0]).toBeCloseTo(-6)
})
