import { describe, expect, it } from 'vitest'
import { atStart, goTo, halt, newcomers, pass, stepMs, toggle } from './rotation.ts'

describe('rotation', () => {
  it('turns every 20 seconds and begins anew after the last step', () => {
    const almost = pass(atStart, stepMs - 1, 2)
    expect(almost.step).toBe(0)
    const second = pass(almost, 1, 2)
    expect(second).toEqual({ step: 1, elapsedMs: 0, stopped: 'no' })
    expect(pass(second, stepMs, 2).step).toBe(0)
  })

  it('stands still while paused or halted, and runs on from where it stood', () => {
    const paused = toggle(pass(atStart, 5_000, 3))
    expect(pass(paused, stepMs, 3)).toBe(paused)
    expect(toggle(paused)).toEqual({ step: 0, elapsedMs: 5_000, stopped: 'no' })
    expect(toggle(halt(paused)).stopped).toBe('no')
  })

  it('goes back from the first step to the last', () => {
    expect(goTo(atStart, -1, 4).step).toBe(3)
    expect(goTo(atStart, 1, 0)).toBe(atStart)
  })

  it('stops only for what is new', () => {
    expect(newcomers(['a', 'b'], ['b'])).toEqual(['a'])
    expect(newcomers(['b'], ['a', 'b'])).toEqual([])
  })
})
