import { describe, expect, it } from 'vitest'
import { fromState, seeded } from './random.ts'

describe('random', () => {
  it('is xoshiro128** 1.1', () => {
    const random = fromState([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, random.nextUint32)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  it('gives the same numbers for ever', () => {
    const random = seeded('citydeck', 'ECO.AIR.AQI', 220100)
    expect([random.nextUint32(), random.nextUint32(), random.nextUint32()]).toEqual([
      1143804641, 2433698996, 1195317456,
    ])
    expect(random.nextFraction()).toBe(0.5272477414184923)
    expect(random.nextNormal()).toBe(-0.302402805442921)
    expect(seeded(0).nextUint32()).toBe(1628524369)
  })

  it('keeps streams of different keys apart', () => {
    const first = (...keys: (string | number)[]) => seeded('seed', ...keys).nextUint32()
    const numbers = [
      first(),
      first('a'),
      first('a', 'b'),
      first('ab'),
      first('b', 'a'),
      first(1),
      first('1'),
      first(1, 1),
      first(0.5),
      first('长春'),
      first(-1),
    ]
    expect(new Set(numbers).size).toBe(numbers.length)
    const many = new Set(Array.from({ length: 50_000 }, (_, n) => seeded('seed', 'minute', n).nextFraction()))
    expect(many.size).toBe(50_000)
    expect(first(0)).toBe(first(-0))
  })

  it('spreads whole numbers evenly and stays within bounds', () => {
    const random = seeded(7)
    const seen = [0, 0, 0, 0, 0, 0]
    for (let n = 0; n < 60_000; n += 1) seen[random.nextInt(1, 6) - 1]! += 1
    for (const count of seen) expect(Math.abs(count - 10_000)).toBeLessThan(400)
    expect(random.nextInt(5, 5)).toBe(5)
    expect(() => random.nextInt(2, 1)).toThrow(RangeError)
    expect(() => random.nextInt(0.5, 2)).toThrow(RangeError)
    expect(['a', 'b']).toContain(random.pick(['a', 'b']))
    expect(() => random.pick([])).toThrow(RangeError)
  })

  it('draws fractions and normal values of the right mean and spread', () => {
    const random = seeded('moments')
    const fractions = Array.from({ length: 40_000 }, random.nextFraction)
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...fractions)).toBeLessThan(1)
    const normal = Array.from({ length: 40_000 }, random.nextNormal)
    const mean = normal.reduce((a, b) => a + b, 0) / normal.length
    const variance = normal.reduce((sum, x) => sum + (x - mean) ** 2, 0) / normal.length
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(Math.abs(variance - 1)).toBeLessThan(0.03)
    expect(normal.filter((x) => Math.abs(x) > 1.96).length / normal.length).toBeCloseTo(0.05, 2)
  })

  it('does not get stuck at an empty state', () => {
    const random = fromState([0, 0, 0, 0])
    expect(new Set(Array.from({ length: 20 }, random.nextUint32)).size).toBeGreaterThan(10)
  })
})
