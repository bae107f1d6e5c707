import { describe, expect, it } from 'vitest'
import { observationWith } from '../../../tests/support/wire-fixtures.ts'
import { chartScale, nearest, oneKind, pointsOf } from './series-points.ts'
import { windowOf } from './series-range.ts'

const at = (
  start: string,
  end: string,
  value: number | null = 1,
  provenance: 'real' | 'synthetic' = 'synthetic',
) => observationWith({ period: { start, end, label: end }, value, provenance })
const monthly = [
  '2026-03-01T00:00:00Z',
  '2026-04-01T00:00:00Z',
  '2026-05-01T00:00:00Z',
  '2026-06-01T00:00:00Z',
].map((end, index) =>
  at(
    ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z'][index]!,
    end,
    index,
  ),
)

describe('oneKind', () => {
  it('never joins invented and published values', () => {
    const mixed = [at('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', 1, 'real'), ...monthly]
    expect(oneKind(mixed)).toEqual(monthly)
  })
})

describe('pointsOf', () => {
  const plain = { timeBasis: 'sum' as const }

  it('breaks the line at a hole, not at a month of other length', () => {
    expect(pointsOf(monthly, plain, (value) => value).map(([, value]) => value)).toEqual([0, 1, 2, 3])
    expect(
      pointsOf([monthly[0]!, monthly[1]!, monthly[3]!], plain, (value) => value).map(([, value]) => value),
    ).toEqual([0, 1, null, 3])
  })

  it('breaks where a cumulation starts anew', () => {
    const years = [
      at('2025-01-01T00:00:00Z', '2025-12-01T00:00:00Z', 8),
      at('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 9),
      at('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', 1),
    ]
    expect(
      pointsOf(years, { timeBasis: 'cumulative-ytd' }, (value) => value).map(([, value]) => value),
    ).toEqual([8, 9, null, 1])
  })

  it('keeps a missing value missing', () => {
    expect(
      pointsOf([at('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', null)], plain, (value) => value)[0]![1],
    ).toBeNull()
  })
})

describe('chartScale', () => {
  it('takes one scale from the largest value', () => {
    const { zh, shown } = chartScale({ unit: 'CNY' }, [2e8, 3e9, 4e11])
    expect([zh, shown(4e11)]).toEqual(['亿元', 4000])
  })
})

describe('nearest', () => {
  it('finds the period under the pointer', () => {
    expect(nearest(monthly, Date.parse('2026-05-03T00:00:00Z'))?.value).toBe(2)
    expect(nearest([], 0)).toBeUndefined()
  })
})

describe('windowOf', () => {
  it('does not move with each tick of the clock', () => {
    const now = Date.parse('2026-08-06T06:32:01Z')
    expect(windowOf('PT1H', now)).toEqual(windowOf('PT1H', now + 1_000))
    expect(Date.parse(windowOf('PT1H', now).to)).toBeGreaterThan(now)
  })
})
