import { portableLog } from './portable-math.ts'

/** Numbers that look random and are the same in every engine: 32-bit integers, + − × ÷ and sqrt only. */
export interface Random {
  /** Whole number 0 … 2³² − 1. */
  nextUint32(): number
  /** Fraction in [0, 1) with 53 bits. */
  nextFraction(): number
  /** Whole number in [low, high], each equally likely. */
  nextInt(low: number, high: number): number
  pick<T>(list: readonly T[]): T
  /** Normally distributed, mean 0 and standard deviation 1. */
  nextNormal(): number
}

export type Key = string | number

/** An own stream for each list of keys: same seed and keys, same numbers; another key, unrelated ones. */
export function seeded(seed: Key, ...keys: Key[]): Random {
  const hash = hashKeys([seed, ...keys])
  const [a, b] = [splitMix(hash[0]), splitMix(hash[1])]
  return fromState([a(), b(), a(), b()])
}

/** xoshiro128** 1.1 (Blackman and Vigna, ACM TOMS 47, 2021); the state must not be all zero. */
export function fromState(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state.map((word) => word >>> 0) as [number, number, number, number]
  if ((a | b | c | d) === 0) a = 1
  function nextUint32(): number {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const carried = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= carried
    d = rotate(d, 11)
    return result
  }
  const nextFraction = (): number => {
    const high = nextUint32() >>> 5
    return (high * 67_108_864 + (nextUint32() >>> 6)) / 9_007_199_254_740_992
  }
  const nextInt = (low: number, high: number): number => {
    const span = high - low + 1
    if (!(Number.isInteger(low) && span >= 1 && span <= 4_294_967_296))
      throw new RangeError(`no whole numbers from ${low} to ${high}`)
    // The last, incomplete round of the span would favour small numbers.
    const limit = 4_294_967_296 - (4_294_967_296 % span)
    for (;;) {
      const drawn = nextUint32()
      if (drawn < limit) return low + (drawn % span)
    }
  }
  return {
    nextUint32,
    nextFraction,
    nextInt,
    pick: (list) => list[nextInt(0, list.length - 1)]!,
    nextNormal: () => polarNormal(nextFraction),
  }
}

/** Marsaglia's polar method (SIAM Review 6, 1964), one of the two values. */
function polarNormal(nextFraction: () => number): number {
  for (;;) {
    const [x, y] = [2 * nextFraction() - 1, 2 * nextFraction() - 1]
    const square = x * x + y * y
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * portableLog(square)) / square)
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

/** SplitMix32: spreads one word over as many as a state needs. */
function splitMix(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) | 0
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  }
}

const float = new DataView(new ArrayBuffer(8))

/** FNV-1a of UTF-16 code units, low byte first, beside a second hash: 64 bits, so that streams do not collide. */
function hashKeys(keys: readonly Key[]): [number, number] {
  let [first, second] = [0x811c9dc5, 0x2c1b3c6d]
  const add = (byte: number): void => {
    first = Math.imul(first ^ byte, 0x01000193)
    second = Math.imul(second ^ byte, 0x5bd1e995)
    second ^= second >>> 15
  }
  for (const key of keys) {
    // A mark before each key keeps ('a', 'b') apart from ('ab') and 1 from '1'.
    add(typeof key === 'string' ? 0xfe : 0xff)
    if (typeof key === 'string') {
      for (let index = 0; index < key.length; index += 1) {
        const unit = key.charCodeAt(index)
        add(unit & 0xff)
        add(unit >>> 8)
      }
    } else {
      float.setFloat64(0, key === 0 ? 0 : key)
      for (let index = 0; index < 8; index += 1) add(float.getUint8(index))
    }
  }
  return [first >>> 0, second >>> 0]
}
