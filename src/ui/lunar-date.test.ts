import { describe, expect, it } from 'vitest'
import { lunarDate } from './lunar-date.ts'

const at = (instant: string): string => lunarDate(Date.parse(instant), 'Asia/Shanghai')

describe('lunarDate', () => {
  it('writes month and day as people do', () => {
    expect(at('2026-08-06T14:32:00+08:00')).toBe('六月廿四')
    expect(at('2026-02-17T12:00:00+08:00')).toBe('正月初一')
  })

  it('writes the twentieth and the last of a month without 廿 and 卅', () => {
    expect(at('2026-08-02T12:00:00+08:00')).toBe('六月二十')
  })

  it('changes at the city’s midnight, not at UTC’s', () => {
    expect(at('2026-08-06T23:59:00+08:00')).not.toBe(at('2026-08-07T00:01:00+08:00'))
  })
})
