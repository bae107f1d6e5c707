import { describe, expect, it } from 'vitest'
import type { Observation } from '../domain/observation.ts'
import { recentValues, recentWindow } from './recent-window.ts'

function monthly(end: string, value: number | null, yoy?: number): Observation {
  return {
    indicator: 'MAC.IND.VAI',
    region: '220100',
    dims: {},
    value,
    unit: '%',
    status: 'A',
    flags: [],
    provenance: 'synthetic',
    source: 'demo',
    resultTime: end,
    receivedAt: end,
    revision: 0,
    lineage: 'l',
    period: { start: end, end, label: end.slice(0, 7) },
    comparisons: yoy === undefined ? [] : [{ kind: 'yoy', value: yoy, unit: '%' }],
  }
}

describe('recentWindow', () => {
  it('stays the same while the clock ticks and always reaches past now', () => {
    const now = Date.parse('2026-08-06T06:32:08Z')
    expect(recentWindow('M', now)).toEqual(recentWindow('M', now + 1000))
    expect(Date.parse(recentWindow('H', now).to)).toBeGreaterThan(now)
  })
})

describe('recentValues', () => {
  it('breaks the line at a hole but not at the joint first two months', () => {
    const months = ['2025-11-30', '2025-12-31', '2026-02-28', '2026-03-31', '2026-06-30'].map((day, index) =>
      monthly(`${day}T16:00:00Z`, index),
    )
    expect(recentValues(months, 'M', 'value', 2)).toEqual([0, 1, 2, 3, null, 4])
    expect(recentValues(months, 'M', 'value')).toEqual([0, 1, null, 2, 3, null, 4])
  })

  it('reads the published growth, and says null where there is none', () => {
    expect(
      recentValues(
        [monthly('2026-05-31T16:00:00Z', 9, 5.2), monthly('2026-06-30T16:00:00Z', 11)],
        'M',
        'growth',
      ),
    ).toEqual([5.2, null])
  })

  it('shows twelve months at most', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      monthly(new Date(Date.UTC(2025, index, 1)).toISOString(), index),
    )
    expect(recentValues(many, 'M', 'value')).toHaveLength(12)
  })
})
