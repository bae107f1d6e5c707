import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysInMonth, offsetMs, utcMs, zonedFields, zonedMs } from './zone-time.ts'

const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'UTC',
]
const hour = 3_600_000

describe('zonedFields and zonedMs', () => {
  it('knows the clocks of the world', () => {
    expect(zonedFields(Date.parse('2026-08-06T06:32:08Z'), 'Asia/Shanghai')).toEqual({
      year: 2026,
      month: 8,
      day: 6,
      hour: 14,
      minute: 32,
      second: 8,
      weekday: 4,
    })
    expect(offsetMs(Date.parse('2026-07-01T00:00:00Z'), 'Asia/Kolkata')).toBe(5.5 * hour)
    expect(offsetMs(Date.parse('2026-07-01T00:00:00Z'), 'America/New_York')).toBe(-4 * hour)
    expect(offsetMs(Date.parse('2026-01-01T00:00:00Z'), 'Europe/Berlin')).toBe(hour)
  })

  it('reads a repeated hour as its first time and a skipped one past the gap', () => {
    expect(zonedMs('America/New_York', 2026, 11, 1, 1, 30)).toBe(Date.parse('2026-11-01T05:30:00Z'))
    expect(zonedMs('America/New_York', 2026, 3, 8, 2, 30)).toBe(Date.parse('2026-03-08T07:30:00Z'))
    expect(zonedMs('Pacific/Apia', 2011, 12, 30)).toBe(zonedMs('Pacific/Apia', 2011, 12, 31))
  })

  it('still knows the years 0 to 99 and the odd offsets of old', () => {
    expect(new Date(utcMs(50)).getUTCFullYear()).toBe(50)
    expect(zonedFields(Date.parse('1900-06-01T00:00:00Z'), 'Asia/Shanghai')).toMatchObject({
      hour: 8,
      minute: 5,
      second: 43,
    })
  })

  it('has every month of every year', () => {
    expect([2027, 2028, 2100, 2000].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29])
    expect(daysInMonth(2026, 12)).toBe(31)
  })

  it('goes to the fields and back, save for the hour lived twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) }),
        fc.constantFrom(...zones),
        (ms, zone) => {
          const at = Math.floor(ms / 1000) * 1000
          const { year, month, day, hour: h, minute, second } = zonedFields(at, zone)
          const back = zonedMs(zone, year, month, day, h, minute, second)
          expect(back === at || (at - back > 0 && at - back <= hour)).toBe(true)
          expect(back + offsetMs(back, zone)).toBe(at + offsetMs(at, zone))
        },
      ),
    )
  })

  it('answers from its cache what it would have measured', () => {
    // Two instants of one quarter of an hour, on both sides of nothing: offsets only move on quarter hours.
    const change = Date.parse('2026-03-29T01:00:00Z')
    expect([change - 1, change, change + 899_999].map((ms) => offsetMs(ms, 'Europe/Berlin'))).toEqual([
      hour,
      2 * hour,
      2 * hour,
    ])
  })
})
