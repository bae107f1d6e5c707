/**
 * Elementary functions from + − × ÷ and exact bit work alone. Math.exp and its kin differ in the last bit between engines;
 * these do not. Relative error below 1e-15 for exp and log; absolute below 1e-15 for sin and cos within ±1e5.
 */

const ln2High = 6.9314718036912381649e-1
const ln2Low = 1.90821492927058770002e-10
const bits = new DataView(new ArrayBuffer(8))

/** 2 to a whole power between −1022 and 1023, exact. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}

/** e to the x: x = k ln 2 + r, then the series of r/2 squared (Cody and Waite's reduction). */
export function portableExp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019412) return 0
  const k = Math.floor(x / (ln2High + ln2Low) + 0.5)
  const r = x - k * ln2High - k * ln2Low
  let term = 1
  let sum = 0
  for (let n = 1; n <= 18; n += 1) {
    term = (term * r) / n
    sum += term
  }
  const value = 1 + sum
  // Two steps, because the ends of the range lie outside the normal exponents.
  const half = Math.trunc(k / 2)
  return value * powerOfTwo(half) * powerOfTwo(k - half)
}

/** Natural logarithm: x = 2^k m with m near 1, then the series of (m − 1) / (m + 1). */
export function portableLog(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN
  if (x === 0) return -Infinity
  if (x === Infinity) return Infinity
  if (x < 2.2250738585072014e-308) return portableLog(x * 18_014_398_509_481_984) - 54 * ln2High - 54 * ln2Low
  bits.setFloat64(0, x)
  let k = (bits.getUint32(0) >>> 20) - 1023
  bits.setUint32(0, (bits.getUint32(0) & 0xfffff) | 0x3ff00000)
  let m = bits.getFloat64(0)
  if (m > Math.SQRT2) {
    m /= 2
    k += 1
  }
  const s = (m - 1) / (m + 1)
  const square = s * s
  let series = 0
  for (let n = 23; n >= 3; n -= 2) series = square * (series + 1 / n)
  return k * ln2High + (2 * s + (2 * s * series + k * ln2Low))
}

// π/2 in three parts whose multiples by small whole numbers are exact.
const halfPi = [
  1.57079632673412561417, 6.0771005063039659766e-11, 2.0222662487111664558e-21, 8.47842766036889956997e-32,
] as const

function reduced(x: number): { quadrant: number; r: number } {
  const k = Math.floor(x / (halfPi[0] + halfPi[1]) + 0.5)
  const r = x - k * halfPi[0] - k * halfPi[1] - k * halfPi[2] - k * halfPi[3]
  return { quadrant: ((k % 4) + 4) % 4, r }
}

function sineSeries(r: number): number {
  let term = r
  let sum = 0
  for (let n = 1; n <= 10; n += 1) {
    term = (-term * r * r) / (2 * n * (2 * n + 1))
    sum += term
  }
  return r + sum
}

function cosineSeries(r: number): number {
  let term = 1
  let sum = 0
  for (let n = 1; n <= 10; n += 1) {
    term = (-term * r * r) / (2 * n * (2 * n - 1))
    sum += term
  }
  return 1 + sum
}

/** Sine of an angle in radians, |x| ≤ 1e5. */
export function portableSin(x: number): number {
  const { quadrant, r } = reduced(x)
  const value = quadrant % 2 === 0 ? sineSeries(r) : cosineSeries(r)
  return quadrant < 2 ? value : -value
}

/** Cosine of an angle in radians, |x| ≤ 1e5. */
export function portableCos(x: number): number {
  const { quadrant, r } = reduced(x)
  const value = quadrant % 2 === 0 ? cosineSeries(r) : sineSeries(r)
  return quadrant === 0 || quadrant === 3 ? value : -value
}
