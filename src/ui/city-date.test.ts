import { describe, expect, it } from 'vitest'
import { clockText, dayText, momentText, weekdayText } from './city-date.ts'

const zone = 'Asia/Shanghai'
const now = Date.parse('2026-08-06T14:32:08+08:00')

describe('dates of the city', () => {
  it('leaves the year out only when it is this one', () => {
    expect(dayText(Date.parse('2026-07-21T09:00:00+08:00'), now, zone, 'zh')).toBe('7月21日')
    expect(dayText(Date.parse('2025-02-25T09:00:00+08:00'), now, zone, 'zh')).toBe('2025年2月25日')
    expect(dayText(Date.parse('2026-07-21T09:00:00+08:00'), now, zone, 'en')).toBe('21 Jul')
  })

  it('tells the time of today and the day of anything else', () => {
    expect(momentText(now, now, zone, 'zh')).toBe('14:32')
    expect(momentText(Date.parse('2026-08-05T23:59:00+08:00'), now, zone, 'zh')).toBe('8月5日')
  })

  it('follows the city’s zone, not UTC', () => {
    expect(clockText(Date.parse('2026-08-06T16:30:00Z'), zone)).toBe('00:30')
    expect(weekdayText(now, zone, 'zh')).toBe('周四')
  })
})
