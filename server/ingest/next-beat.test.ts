import { expect, test } from 'vitest'
import { nextBeat } from './next-beat.ts'

test('feeds that were answered at different times are asked together again', () => {
  const beats = [10_260, 10_310, 10_980].map((nowMs) => nextBeat(nowMs, 1_000, 0.25))
  expect(beats).toEqual([11_250, 11_250, 11_250])
})

test('a feed is never asked at once again, nor later than an interval and a tenth', () => {
  for (let nowMs = 5_000; nowMs < 7_000; nowMs += 7) {
    const gap = nextBeat(nowMs, 1_000, 0.6) - nowMs
    expect(gap).toBeGreaterThanOrEqual(100)
    expect(gap).toBeLessThanOrEqual(1_100)
  }
})

test('two sources of one interval have beats of their own', () => {
  expect(nextBeat(10_000, 60_000, 0.1)).not.toBe(nextBeat(10_000, 60_000, 0.7))
})
