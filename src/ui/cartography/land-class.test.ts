import { describe, expect, it } from 'vitest'
import type { Observation } from '../../domain/observation.ts'
import { landClass, landQuantity, regionLandClass } from './land-class.ts'

function observed(value: number | null, comparisons: Observation['comparisons'] = []): Observation {
  return {
    indicator: 'GOV.BUDGET.REVENUE',
    region: '220102',
    dims: {},
    value,
    unit: 'CNY',
    status: 'A',
    flags: [],
    provenance: 'synthetic',
    period: { start: '2026-01-01T00:00:00Z', end: '2026-08-01T00:00:00Z', label: '2026-01/07' },
    source: 'demo',
    resultTime: '2026-08-05T00:00:00Z',
    receivedAt: '2026-08-05T00:00:00Z',
    revision: 0,
    lineage: 'l',
    comparisons,
  }
}

describe('landClass', () => {
  it('puts a quantity on a bound into the class above it', () => {
    expect([1.9, 2, 3.99, 4, 6, 60].map((quantity) => landClass([2, 4, 6], quantity))).toEqual([
      0, 1, 1, 2, 3, 3,
    ])
  })
})

describe('landQuantity', () => {
  it('takes the value, and keeps zero apart from nothing', () => {
    expect(landQuantity('value', observed(0))).toBe(0)
    expect(landQuantity('value', observed(null))).toBeUndefined()
    expect(landQuantity('value', undefined)).toBeUndefined()
  })

  it('takes the change on the year before, cumulative where there is no other', () => {
    const cumulative = { kind: 'ytd-yoy' as const, value: 4.6, unit: '%' as const }
    expect(landQuantity('yoy', observed(8, [cumulative]))).toBe(4.6)
    expect(landQuantity('yoy', observed(8, [cumulative, { kind: 'yoy', value: -1, unit: '%' }]))).toBe(-1)
    expect(landQuantity('yoy', observed(8, [{ kind: 'mom', value: 2, unit: '%' }]))).toBeUndefined()
  })
})

it('has no class for a region without a figure or a theme without land', () => {
  const theme = { id: 'economy', name: { zh: '经济' }, layers: [] }
  expect(regionLandClass(theme, () => observed(8))).toBeUndefined()
  const land = {
    indicator: 'GOV.BUDGET.REVENUE',
    by: 'value' as const,
    bounds: [2, 4, 6] as [number, number, number],
  }
  expect(regionLandClass({ ...theme, land }, () => undefined)).toBeUndefined()
  expect(regionLandClass({ ...theme, land }, () => observed(8))).toBe(3)
})
