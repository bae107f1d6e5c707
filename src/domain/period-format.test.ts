import { describe, expect, it } from 'vitest'
import type { Frequency, TimeBasis } from './indicator.ts'
import { formatPeriod } from './period-format.ts'
import { parsePeriodLabel, periodOf } from './period.ts'
import { shanghai } from '../../tests/support/domain-samples.ts'

const now = Date.parse('2026-08-06T14:32:08+08:00')

function said(
  label: string,
  freq: Frequency,
  basis: TimeBasis,
  language: 'zh' | 'en' = 'zh',
  at?: number,
): string {
  const period = parsePeriodLabel(label, freq, basis, shanghai)
  if (!period) throw new Error(`${label} is no period`)
  return formatPeriod(period, freq, basis, shanghai, language, { now: at })
}

describe('formatPeriod', () => {
  it('says cumulations as the statistics office does', () => {
    expect(said('2026-10', 'M', 'cumulative-ytd')).toBe('2026年1—10月')
    expect(said('2026-06', 'M', 'cumulative-ytd', 'zh', now)).toBe('1—6月')
    expect(said('2026-12', 'M', 'cumulative-ytd')).toBe('2026年1—12月')
    expect(
      ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].map((label) => said(label, 'Q', 'cumulative-ytd')),
    ).toEqual(['2026年一季度', '2026年上半年', '2026年前三季度', '2026年全年'])
    expect(said('2025-S1', 'Q', 'cumulative-ytd', 'zh', now)).toBe('2025年上半年')
    expect(said('2026-Q2', 'Q', 'cumulative-ytd', 'zh', now)).toBe('上半年')
    expect(said('2026-08-06', 'D', 'cumulative-ytd', 'zh', now)).toBe('1月1日—8月6日')
  })

  it('says plain periods', () => {
    expect(said('2026', 'A', 'sum', 'zh', now)).toBe('2026年')
    expect(said('2026-S2', 'S', 'sum')).toBe('2026年下半年')
    expect(said('2026-Q3', 'Q', 'sum', 'zh', now)).toBe('三季度')
    expect(said('2026-06', 'M', 'sum', 'zh', now)).toBe('6月')
    expect(said('2026-06-X1', 'X', 'sum', 'zh', now)).toBe('6月上旬')
    expect(said('2026-W31', 'W', 'sum', 'zh', now)).toBe('7月27日—8月2日')
    expect(said('2026-08-06', 'D', 'sum', 'zh', now)).toBe('8月6日')
    expect(said('2025-08-06', 'D', 'sum', 'zh', now)).toBe('2025年8月6日')
    expect(said('2026-08-06T14', 'H', 'average', 'zh', now)).toBe('14时')
    expect(said('2026-08-05T14', 'H', 'average', 'zh', now)).toBe('8月5日14时')
    expect(said('2026-08-06T14:32', 'N', 'sum', 'zh', now)).toBe('14:32')
    expect(said('2026-08-06T14:32:08', 'I', 'instant', 'zh', now)).toBe('14:32:08')
    expect(said('2026-08-05T14:32', 'N', 'instant', 'zh', now)).toBe('8月5日 14:32')
  })

  it('says the joint period', () => {
    const joint = periodOf('M', 'sum', Date.parse('2026-01-20T00:00:00Z'), shanghai, { jointFirstPeriods: 2 })
    expect(formatPeriod(joint, 'M', 'sum', shanghai, 'zh')).toBe('2026年1—2月')
    expect(formatPeriod(joint, 'M', 'sum', shanghai, 'en')).toBe('Jan–Feb 2026')
  })

  it('says a running day up to now and a finished one by its date', () => {
    const today = periodOf('N', 'cumulative-day', now, shanghai)
    expect(formatPeriod(today, 'N', 'cumulative-day', shanghai, 'zh', { now })).toBe('截至14:32')
    expect(formatPeriod(today, 'N', 'cumulative-day', shanghai, 'en', { now })).toBe('until 14:32')
    const yesterday = periodOf('N', 'cumulative-day', Date.parse('2026-08-05T23:59:30+08:00'), shanghai)
    expect(formatPeriod(yesterday, 'N', 'cumulative-day', shanghai, 'zh', { now })).toBe('8月5日')
  })

  it('says it in English', () => {
    expect(said('2026-10', 'M', 'cumulative-ytd', 'en')).toBe('Jan–Oct 2026')
    expect(
      ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].map((label) => said(label, 'Q', 'cumulative-ytd', 'en')),
    ).toEqual(['Q1 2026', 'H1 2026', 'Q1–Q3 2026', '2026'])
    expect(said('2026-08-06', 'D', 'sum', 'en', now)).toBe('6 Aug')
    expect(said('2026-W31', 'W', 'sum', 'en', now)).toBe('27 Jul – 2 Aug')
    expect(said('2026-06-X2', 'X', 'sum', 'en')).toBe('11–20 Jun 2026')
    expect(said('2026-08-05T14', 'H', 'average', 'en', now)).toBe('5 Aug, 14:00')
  })

  it('never uses a hyphen for a range of months', () => {
    for (let month = 2; month <= 12; month += 1)
      expect(said(`2026-${String(month).padStart(2, '0')}`, 'M', 'cumulative-ytd')).toMatch(/^2026年1—\d+月$/)
  })
})
