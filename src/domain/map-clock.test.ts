import { describe, expect, it } from 'vitest'
import { clockReach, nextOffset } from './map-clock.ts'

const limits = { earliest: -360, latest: 180 }
const rain = { poll: 'PT10M', step: 'PT10M', past: 'PT6H', ahead: 'PT2H' }
const flood = { poll: 'PT5M', step: 'PT5M', past: 'PT1H', ahead: 'P1D' }
const standing = { poll: 'P1D' }

describe('the reach of a map’s clock', () => {
  it('is as wide as the widest and as fine as the finest, within the limits', () => {
    expect(clockReach([rain, flood, standing], limits)).toEqual({ from: -360, to: 180, step: 5 })
    expect(clockReach([rain], limits)).toEqual({ from: -360, to: 120, step: 10 })
  })

  it('is none while nothing shown changes with time', () => {
    expect(clockReach([standing], limits)).toBeUndefined()
    expect(clockReach([], limits)).toBeUndefined()
  })

  it('steps along its grid and begins anew at the end', () => {
    const reach = { from: -360, to: 120, step: 10 }
    expect(nextOffset(0, reach)).toBe(10)
    expect(nextOffset(-7, reach)).toBe(0)
    expect(nextOffset(120, reach)).toBe(-360)
    expect(nextOffset(-360, reach)).toBe(-350)
  })
})
