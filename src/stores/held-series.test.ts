import { expect, test } from 'vitest'
import type { Observation } from '../domain/observation.ts'
import { type HeldSeries, appended, covers, within } from './held-series.ts'

const minute = (n: number) => new Date(Date.UTC(2026, 7, 6, 6, n)).toISOString()
const at = (n: number, value = n) =>
  ({ period: { start: minute(n), end: minute(n + 1), label: '' }, value }) as Observation
const held: HeldSeries = {
  window: { from: minute(0), to: minute(30) },
  askedAtMs: Date.parse(minute(29)),
  observations: Array.from({ length: 29 }, (_, n) => at(n)),
}

test('a window that moves on with the clock is cut from what is held', () => {
  expect(covers(held, { from: minute(5), to: minute(35) })).toBe(true)
  expect(within(held, { from: minute(5), to: minute(35) }).map(({ value }) => value)).toEqual(
    Array.from({ length: 24 }, (_, n) => n + 5),
  )
})

test('an earlier start, or an end beyond a past one, must be asked for', () => {
  expect(covers(held, { from: minute(-1), to: minute(20) })).toBe(false)
  const past = { ...held, askedAtMs: Date.parse(minute(59)) }
  expect(covers(past, { from: minute(5), to: minute(31) })).toBe(false)
  expect(covers(past, { from: minute(5), to: minute(30) })).toBe(true)
})

test('the newest follows, replaces its own period, and never goes back', () => {
  expect(appended(held.observations, at(29)).length).toBe(30)
  expect(
    appended(held.observations, at(28, 99))
      .map(({ value }) => value)
      .at(-1),
  ).toBe(99)
  expect(appended(held.observations, at(28, 99)).length).toBe(29)
  expect(appended(held.observations, at(3, 99))).toBe(held.observations)
  expect(appended([], at(3))).toHaveLength(1)
})
