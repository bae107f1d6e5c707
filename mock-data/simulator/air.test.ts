import { describe, expect, it } from 'vitest'
import { airQuality, concentration, pollutants, subIndex } from './air.ts'
import { demoSeed } from './seed.ts'
import { classOf } from './water.ts'

describe('air quality index of HJ 633—2026', () => {
  it('meets the points of its table', () => {
    expect(subIndex('PM25', 60)).toBe(100)
    expect(subIndex('PM25', 61)).toBe(101)
    expect(subIndex('PM25', 75)).toBe(114)
    expect(subIndex('PM10', 120)).toBe(100)
    expect(subIndex('PM10', 150)).toBe(112)
    expect(subIndex('SO2', 2000)).toBe(200)
    expect(subIndex('NO2', 350)).toBe(115)
    expect(subIndex('PM25', 900)).toBe(500)
  })

  it('is the older table’s for what was told before 2026-03-01', () => {
    const before = Date.parse('2026-02-28T23:59:59+08:00')
    expect([subIndex('PM25', 75, before), subIndex('PM10', 150, before)]).toEqual([100, 100])
  })

  it('is the greatest of its parts, with a primary pollutant only above 50', () => {
    for (let hour = 0; hour < 24 * 200; hour += 7) {
      const at = Date.parse('2026-01-01T00:00:00+08:00') + hour * 3_600_000
      const { aqi, primary } = airQuality(demoSeed, at, '')
      const parts = pollutants.map((pollutant) =>
        subIndex(pollutant, concentration(demoSeed, pollutant, at, ''), at),
      )
      expect(aqi).toBe(Math.max(...parts))
      expect(primary === -1).toBe(aqi <= 50)
      expect(primary === -1 || parts[primary] === aqi).toBe(true)
    }
  })
})

describe('single-factor water class of GB 3838-2002', () => {
  const clean = { index: 1, ammonia: 0.1, phosphorus: 0.01, oxygen: 8 }
  it('is the worst item’s', () => {
    expect(classOf(clean)).toBe(1)
    expect(classOf({ ...clean, index: 4 })).toBe(2)
    expect(classOf({ ...clean, ammonia: 1.01 })).toBe(4)
    expect(classOf({ ...clean, oxygen: 4.9 })).toBe(4)
    expect(classOf({ ...clean, phosphorus: 0.41 })).toBe(6)
  })
})
