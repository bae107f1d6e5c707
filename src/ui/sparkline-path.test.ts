import { describe, expect, it } from 'vitest'
import { sparkScale, sparkShape } from './sparkline-path.ts'

describe('sparkShape', () => {
  it('breaks the line at a missing period and never draws it as zero', () => {
    const { path } = sparkShape([1, null, 3, 2], undefined, { min: 0, max: 4 })
    expect(path).toBe('M0 75M66.7 25L100 50')
  })

  it('ends at the last period that has a value', () => {
    expect(sparkShape([1, 2, null], undefined, { min: 0, max: 2 }).end).toEqual({ x: 50, y: 0 })
  })

  it('keeps the target inside the box even when no value comes near it', () => {
    const { targetY } = sparkShape([1, 2], 10)
    expect(targetY).toBeGreaterThan(0)
    expect(targetY).toBeLessThan(100)
  })

  it('has no end and no target where there is nothing', () => {
    expect(sparkShape([null, null])).toEqual({ path: '', end: undefined, targetY: undefined })
  })

  it('stands a flat series in the middle', () => {
    expect(sparkShape([5, 5]).end?.y).toBe(50)
  })
})

describe('sparkScale', () => {
  it('leaves a tenth of room on both sides', () => {
    expect(sparkScale([0, 10])).toEqual({ min: -1, max: 11 })
  })
})
