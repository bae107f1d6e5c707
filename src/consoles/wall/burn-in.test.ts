import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useBurnInShift } from './burn-in.ts'

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-08-06T06:07:00Z') }))
afterEach(() => vi.useRealTimers())

const within = (together: boolean) => {
  const scope = effectScope()
  return { shift: scope.run(() => useBurnInShift(together))!, stop: () => scope.stop() }
}

it('stands where it was composed, moves after ten minutes, and comes round', () => {
  const { shift, stop } = within(false)
  expect(shift.value).toEqual({ x: 0, y: 0 })
  vi.advanceTimersByTime(600_000)
  expect(shift.value).toEqual({ x: 2 / 16, y: 0 })
  vi.advanceTimersByTime(8 * 600_000)
  expect(shift.value).toEqual({ x: 0, y: 0 })
  stop()
  expect(vi.getTimerCount()).toBe(0)
})

it('moves screens that were opened at different times together', () => {
  const first = within(true)
  vi.advanceTimersByTime(2 * 600_000 - 30_000)
  const second = within(true)
  for (let minute = 0; minute < 30; minute++) {
    expect(first.shift.value).toEqual(second.shift.value)
    vi.advanceTimersByTime(60_000)
  }
})
