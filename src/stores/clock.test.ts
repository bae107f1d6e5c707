import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useClock } from './clock.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2020-01-01T00:00:00Z') })
  setActivePinia(createPinia())
})
afterEach(() => void vi.useRealTimers())

describe('useClock', () => {
  it("shows the server's time on a PC whose clock is years wrong", () => {
    const clock = useClock()
    clock.sync('2026-08-06T06:32:00Z')
    const stop = clock.start()
    vi.advanceTimersByTime(5_100)
    expect(new Date(clock.nowMs).toISOString()).toBe('2026-08-06T06:32:05.000Z')
    stop()
  })

  it("does not follow a jump of the PC's own clock", () => {
    const clock = useClock()
    clock.sync('2026-08-06T06:32:00Z')
    vi.setSystemTime('2030-01-01T00:00:00Z')
    clock.sync('2026-08-06T06:32:00.100Z')
    expect(new Date(clock.nowMs).getUTCFullYear()).toBe(2026)
    expect(clock.offsetMs).toBeLessThan(-86_400_000)
  })

  it('stands still at asOf, whatever the server says', () => {
    const clock = useClock()
    clock.standAt('2026-08-06T06:32:00Z')
    clock.sync('2027-01-01T00:00:00Z')
    vi.advanceTimersByTime(3_000)
    expect(clock.nowMs).toBe(Date.parse('2026-08-06T06:32:00Z'))
  })
})
