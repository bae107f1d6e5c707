import { describe, expect, it } from 'vitest'
import { hourMs } from '../city-time.ts'
import { demoSeed } from '../seed.ts'
import { rainRate, rainSum, windDirection, windSpeed } from '../weather.ts'
import { cellMiddles } from './grid-box.ts'
import { demoCity } from './demo-town.ts'
import { dbzOf, radar } from './radar.ts'
import { rainField } from './rain-field.ts'
import { rainGrid } from './rain-grid.ts'
import type { GeoStatement } from './statement.ts'
import { wind } from './wind.ts'

const nowMs = Date.parse('2026-08-06T14:32:00+08:00')
const hours = Array.from({ length: 72 }, (_, back) => nowMs - back * hourMs)

interface Grid {
  columns: number
  rows: number
  values: (number | null)[]
}
const gridOf = ({ features }: GeoStatement) => features[0]!.properties as unknown as Grid

/** Value of the cell that holds the middle of the town. */
function atMiddle({ columns, rows, values }: Grid): number {
  const far = cellMiddles(columns, rows).map(
    ({ longitude, latitude }) => (longitude - demoCity.center[0]) ** 2 + (latitude - demoCity.center[1]) ** 2,
  )
  return values[far.indexOf(Math.min(...far))]!
}

describe('rain on the map', () => {
  it('is what the gauge of the town says in the middle of it', () => {
    for (const atMs of hours)
      expect(rainField(demoSeed, atMs, atMs)([0, 0])).toBeCloseTo(rainRate(demoSeed, atMs), 9)
    const wet = hours.filter((atMs) => rainSum(demoSeed, atMs, 1) > 2)
    expect(wet.length).toBeGreaterThan(3)
    for (const atMs of wet) {
      const step = Math.floor(atMs / 600_000) * 600_000
      const [sum, cell] = [rainSum(demoSeed, step, 1), atMiddle(gridOf(rainGrid(demoSeed, step, step)))]
      expect(Math.abs(cell - sum) / sum).toBeLessThan(0.3)
    }
  })

  it('travels east: what the west has now, the town has later', () => {
    const [seenMs, later] = [nowMs + 2 * hourMs, nowMs + 4 * hourMs]
    const west = rainField(demoSeed, seenMs, seenMs)
    const comes = rainRate(demoSeed, later)
    // Two hours up the wind, on the line through the gauge.
    const upwindM = 2 * 3600 * 7
    expect(comes).toBeGreaterThan(2)
    expect(Math.abs(west([-0.9403 * upwindM, -0.3403 * upwindM]) / comes - 1)).toBeLessThan(0.1)
  })

  it('echoes where it falls, by Marshall and Palmer, and nowhere else', () => {
    expect(dbzOf(0)).toBe(0)
    expect(dbzOf(1)).toBe(23)
    expect(dbzOf(10)).toBe(39)
    const step = Math.floor(nowMs / 360_000) * 360_000
    const { columns, rows, values } = gridOf(radar(demoSeed, step, step))
    const field = rainField(demoSeed, step, step)
    expect(values).toHaveLength(columns * rows)
    expect(values.some((value) => value !== null && value > 30)).toBe(true)
    expect(values[0]).toBeNull()
    expect(atMiddle({ columns, rows, values }) > 0).toBe(dbzOf(field([0, 0])) > 0)
  })

  it('is quiet on a dry day', () => {
    const dry = hours.find((atMs) => {
      const day = Array.from({ length: 21 }, (_, index) => rainRate(demoSeed, atMs + (index - 10) * hourMs))
      return day.every((rate) => rate === 0)
    })
    const winter = Date.parse('2026-01-15T03:00:00+08:00')
    const grid = gridOf(radar(demoSeed, dry ?? winter, dry ?? winter))
    expect(grid.values.filter((value) => value !== null && value > 20)).toEqual([])
  })

  it('is forecast near to what comes, and the nearer the sooner', () => {
    const error = (aheadMs: number) => {
      const seen = gridOf(radar('changchun', nowMs + aheadMs, nowMs)).values
      const came = gridOf(radar('changchun', nowMs + aheadMs, nowMs + aheadMs)).values
      return seen.reduce<number>((sum, value, index) => sum + Math.abs((value ?? 0) - (came[index] ?? 0)), 0)
    }
    expect(error(hourMs / 2)).toBeGreaterThan(0)
    expect(error(3 * hourMs)).toBeGreaterThan(error(hourMs / 2))
  })
})

describe('wind on the map', () => {
  it('blows about as the gauge says', () => {
    const step = Math.floor(nowMs / 600_000) * 600_000
    const { features } = wind(demoSeed, step, step)
    expect(features).toHaveLength(120)
    const speeds = features.map(({ properties }) => properties.speed as number)
    const mean = speeds.reduce((a, b) => a + b, 0) / speeds.length
    expect(Math.abs(mean / windSpeed(demoSeed, step) - 1)).toBeLessThan(0.25)
    for (const { properties } of features) {
      const turned = Math.abs(((properties.from as number) - windDirection(demoSeed, step) + 540) % 360) - 180
      expect(Math.abs(turned)).toBeLessThanOrEqual(19)
    }
  })
})
