import { describe, expect, it } from 'vitest'
import { crossesItself, roundLength } from './measure-scale.ts'
import { crossingShare, type PlanePoint, sidesOf } from './measure-plane.ts'

describe('a scale bar', () => {
  it.each([
    [999, 500],
    [1000, 1000],
    [49_999, 20_000],
    [0.7, 0.5],
  ])('has a round length of no more than %d m', (most, length) =>
    expect(roundLength(most)).toBeCloseTo(length, 9),
  )
})

describe('an outline', () => {
  const crosses = (ring: PlanePoint[]): boolean => {
    const sides = sidesOf(ring)
    return crossesItself(sides.length, (a, b) => crossingShare(sides[a]!, sides[b]!) !== undefined)
  }
  it('crosses itself as an hourglass does, and not as a square or a concave shape', () => {
    expect(
      crosses([
        [0, 0],
        [4, 4],
        [4, 0],
        [0, 4],
      ]),
    ).toBe(true)
    expect(
      crosses([
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
      ]),
    ).toBe(false)
    expect(
      crosses([
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 1],
        [0, 4],
      ]),
    ).toBe(false)
    expect(
      crosses([
        [0, 0],
        [4, 0],
        [4, 4],
      ]),
    ).toBe(false)
  })
})
