import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dailyMean } from './daily-mean.ts'

it('needs twenty valid hours for a valid day, as HJ 663 has it', () => {
  const hours = (valid: number) => Array.from({ length: 24 }, (_, hour) => (hour < valid ? 30 : null))
  expect(dailyMean(hours(24))).toEqual({ value: 30, hours: 24, flags: [] })
  expect(dailyMean(hours(20)).flags).toEqual([])
  expect(dailyMean(hours(19))).toEqual({ value: 30, hours: 19, flags: ['partial-coverage'] })
  expect(dailyMean(hours(0))).toEqual({ value: null, hours: 0, flags: ['partial-coverage'] })
  expect(dailyMean([])).toMatchObject({ value: null })
})

it('never lets a missing hour pull the mean towards zero', () => {
  const hourly = fc.array(fc.option(fc.integer({ min: 1, max: 500 })), { minLength: 1, maxLength: 25 })
  fc.assert(
    fc.property(hourly, (hours) => {
      const known = hours.filter((hour) => hour !== null)
      const { value } = dailyMean(hours)
      expect(value === null).toBe(known.length === 0)
      expect(value ?? Infinity).toBeGreaterThanOrEqual(Math.min(...known))
    }),
  )
})
