import { seeded } from '../../src/domain/random.ts'

type Key = string | number

/** One fraction in [0, 1) that belongs to the keys alone: no state, so any instant can be asked in any order. */
export function fraction(seed: string, ...keys: Key[]): number {
  return seeded(seed, ...keys).nextFraction()
}

/** Whole number in [low, high]. */
export function whole(seed: string, low: number, high: number, ...keys: Key[]): number {
  return low + Math.floor(fraction(seed, ...keys) * (high - low + 1))
}

export function oneOf<T>(seed: string, list: readonly T[], ...keys: Key[]): T {
  return list[Math.floor(fraction(seed, ...keys) * list.length)]!
}

/**
 * Smooth noise in (-1, 1) over a real axis: random values at the whole numbers, joined by a cubic.
 * Only + − × ÷, so every engine gives the same bits.
 */
export function drift(seed: string, x: number, ...keys: Key[]): number {
  const left = Math.floor(x)
  const t = x - left
  const a = fraction(seed, ...keys, left) * 2 - 1
  const b = fraction(seed, ...keys, left + 1) * 2 - 1
  return a + (b - a) * t * t * (3 - 2 * t)
}

/** Value of a table that wraps around, read between its entries: 24 hours, 12 months. */
export function fromCurve(curve: readonly number[], x: number): number {
  const left = Math.floor(x)
  const length = curve.length
  const a = curve[((left % length) + length) % length]!
  const b = curve[(((left + 1) % length) + length) % length]!
  return a + (b - a) * (x - left)
}

const powersOfTen = [1, 10, 100, 1_000, 10_000, 100_000]

/** Half away from zero at the given number of decimals, at most five. */
export function rounded(value: number, decimals: number): number {
  // A table and not 10 ** n, which an engine may approximate.
  const scale = powersOfTen[decimals]!
  const sign = value < 0 ? -1 : 1
  return (sign * Math.floor(Math.abs(value) * scale + 0.5)) / scale
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}

/** Splits a whole total into whole parts by weight (largest remainder): the parts always sum to the total. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const parts = exact.map((part) => Math.floor(part))
  const left = total - parts.reduce((a, b) => a + b, 0)
  const order = exact
    .map((part, index) => ({ index, rest: part - Math.floor(part) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (const { index } of order.slice(0, left)) parts[index]! += 1
  return parts
}
