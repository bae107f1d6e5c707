import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portableCos, portableExp, portableLog, portableSin } from './portable-math.ts'

/** Within 1e-14 of the engine's own, relative to its size (absolute near zero for sine and cosine). */
function close(actual: number, wanted: number, scale = Math.abs(wanted)): void {
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(1e-14 * Math.max(scale, Number.MIN_VALUE))
}

describe('portable functions', () => {
  it('agree with the engine', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => close(portableExp(x), Math.exp(x))),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) =>
        close(portableLog(x), Math.log(x), Math.max(1, Math.abs(Math.log(x)))),
      ),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) =>
        close(portableLog(x), Math.log(x), Math.max(1e-3, Math.abs(Math.log(x)))),
      ),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), (x) => {
        close(portableSin(x), Math.sin(x), 1)
        close(portableCos(x), Math.cos(x), 1)
      }),
      { numRuns: 2000 },
    )
  })

  it('know their ends', () => {
    expect([portableExp(0), portableExp(1000), portableExp(-1000), portableExp(-Infinity)]).toEqual([
      1,
      Infinity,
      0,
      0,
    ])
    expect([portableLog(1), portableLog(0), portableLog(Infinity), portableLog(-1)]).toEqual([
      0,
      -Infinity,
      Infinity,
      NaN,
    ])
    close(portableLog(5e-324), Math.log(5e-324))
    close(portableExp(-745), Math.exp(-745), 1e-300)
    expect([portableSin(0), portableCos(0)]).toEqual([0, 1])
    expect([portableExp(NaN), portableLog(NaN)]).toEqual([NaN, NaN])
  })

  it('give the same bits for ever', () => {
    expect([portableExp(1), portableLog(7), portableSin(1), portableCos(2)]).toEqual([
      2.7182818284590455, 1.9459101490553132, 0.8414709848078965, -0.4161468365471424,
    ])
  })
})
