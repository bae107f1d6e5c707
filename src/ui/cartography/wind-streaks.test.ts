import { expect, it } from 'vitest'
import { windStreak } from './wind-streaks.ts'

it('blows away from where the wind comes from, brighter at its head', () => {
  const [[tail, head]] = windStreak([1, 2, 3], 4, 270, [9, 9, 9]) as [ReturnType<typeof windStreak>[0]]
  expect(tail.at).toEqual([1, 2, 3])
  expect(head.lift[0] - tail.lift[0]).toBeCloseTo(40)
  expect(head.lift[1] - tail.lift[1]).toBeCloseTo(0)
  expect([tail.alpha, head.alpha]).toEqual([31, 107])
})

it('is 1.6 u wide, longer in more wind, and nothing in a calm', () => {
  const [[a, , , b]] = windStreak([0, 0, 0], 4, 0, [9, 9, 9]) as [ReturnType<typeof windStreak>[0]]
  expect(Math.hypot(a.lift[0] - b.lift[0], a.lift[1] - b.lift[1])).toBeCloseTo(1.6)
  const length = (speed: number): number =>
    Math.abs(windStreak([0, 0, 0], speed, 0, [9, 9, 9])[0]![1].lift[1])
  expect(length(8)).toBeGreaterThan(length(4))
  expect(length(80)).toBe(60)
  expect(windStreak([0, 0, 0], 0, 0, [9, 9, 9])).toEqual([])
})

it('breaks a forecast into dashes of the same whole', () => {
  const told = windStreak([0, 0, 0], 6, 180, [9, 9, 9])
  const forecast = windStreak([0, 0, 0], 6, 180, [9, 9, 9], true)
  expect([told.length, forecast.length]).toEqual([1, 3])
  expect(forecast[0]![0].lift).toEqual(told[0]![0].lift)
  expect(forecast[2]![1].lift[1]).toBeLessThan(told[0]![1].lift[1])
})
