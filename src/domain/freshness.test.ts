import { describe, expect, it } from 'vitest'
import { freshness, freshnessLimits } from './freshness.ts'
import { indicatorOf } from '../../tests/support/domain-samples.ts'

const end = Date.parse('2026-08-06T06:32:00Z')
const seen = {
  period: { start: '2026-08-06T06:31:00Z', end: '2026-08-06T06:32:00Z', label: '2026-08-06T14:31' },
  value: 1,
}
const after = (
  indicator: Parameters<typeof freshness>[0],
  ms: number,
  context: Parameters<typeof freshness>[3] = { once: false },
  observation: Parameters<typeof freshness>[1] = seen,
) => freshness(indicator, observation, end + ms, context)

describe('freshness', () => {
  const minute = indicatorOf({ freq: 'N' })

  it('has limits of one and two cadences unless the indicator says otherwise', () => {
    expect(freshnessLimits(minute)).toEqual({
      cadenceMs: 60_000,
      expectedLagMs: 70_000,
      staleAfterMs: 120_000,
    })
    expect(freshnessLimits(indicatorOf({ freq: 'I' }))).toEqual({
      cadenceMs: 1_000,
      expectedLagMs: 11_000,
      staleAfterMs: 10_000,
    })
    expect(
      freshnessLimits(indicatorOf({ freq: 'N', freshness: { expectedLag: 'PT5M', staleAfter: 'PT15M' } })),
    ).toEqual({ cadenceMs: 60_000, expectedLagMs: 300_000, staleAfterMs: 900_000 })
  })

  it('turns from live to late to missing exactly at the bounds', () => {
    expect([0, 70_000, 70_001, 360_000, 360_001].map((ms) => after(minute, ms))).toEqual([
      'live',
      'live',
      'late',
      'late',
      'missing',
    ])
    expect(after(minute, -5_000)).toBe('live')
  })

  it('never skips the order when a lag is longer than three times staleAfter', () => {
    const slow = indicatorOf({ freq: 'M', freshness: { expectedLag: 'P40D', staleAfter: 'P1D' } })
    const day = 86_400_000
    expect([after(slow, 40 * day), after(slow, 40 * day + 1)]).toEqual(['live', 'missing'])
  })

  it('calls a missing value missing and a published fact historic for ever', () => {
    expect(after(minute, 0, { once: false }, { ...seen, value: null })).toBe('missing')
    expect(freshness(minute, undefined, end, { once: false })).toBe('missing')
    expect(after(minute, 1e12, { once: true })).toBe('historic')
    expect(after(minute, 0, { once: true }, { ...seen, value: null })).toBe('missing')
  })

  it('takes an event figure for as old as the last word heard', () => {
    const event = indicatorOf({ freq: 'E' })
    expect(after(event, 86_400_000, { once: false, heardMs: end + 86_400_000 })).toBe('live')
    expect(after(event, 86_400_000, { once: false })).toBe('live')
    expect(after(event, 100_000, { once: false, heardMs: end })).toBe('late')
    expect(after(event, 1_000_000, { once: false, heardMs: end })).toBe('missing')
  })
})
