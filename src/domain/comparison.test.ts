import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparisonPeriods, comparisonsFor } from './comparison.ts'
import type { Indicator, IndicatorInput } from './indicator.ts'
import type { Observation } from './observation.ts'
import { sameCumulativeWindow } from './period.ts'
import { indicatorOf, observationOf, shanghai } from '../../tests/support/domain-samples.ts'

type Known = Record<string, number | null>

function compare(
  change: Partial<IndicatorInput>,
  label: string,
  value: number | null,
  known: Known,
  alter: Partial<Observation> = {},
  own: Partial<Observation> = {},
) {
  const indicator = indicatorOf({ comparisons: ['yoy', 'mom'], ...change })
  const past = Object.entries(known).map(([at, base]) => observationOf(indicator, at, base, alter))
  const lookup = (start: string, end: string) =>
    past.find(({ period }) => period.start === start && period.end === end)
  return comparisonsFor(indicator, observationOf(indicator, label, value, own), lookup, shanghai)
}

describe('comparisonsFor', () => {
  it('compares a level in % with the month before and the year before', () => {
    expect(compare({}, '2026-06', 110, { '2026-05': 100, '2025-06': 88 })).toEqual([
      { kind: 'yoy', value: 25, unit: '%' },
      { kind: 'mom', value: 10, unit: '%' },
    ])
  })

  it('compares a rate in points, never in %', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.double({ min: -30, max: 30, noNaN: true }),
        (value, base) => {
          const [yoy] = compare({ unit: '%', comparisons: ['yoy'] }, '2026-06', value, { '2025-06': base })
          expect(yoy?.unit).toBe('pp')
          expect(yoy?.value).toBeCloseTo(value - base, 6)
        },
      ),
    )
  })

  it('compares equal cumulative windows and has no month-on-month of a cumulation', () => {
    const cumulative = {
      timeBasis: 'cumulative-ytd' as const,
      comparisons: ['yoy' as const, 'mom' as const, 'ytd-yoy' as const],
    }
    expect(compare(cumulative, '2026-06', 106, { '2025-06': 100, '2026-05': 90 })).toEqual([
      { kind: 'yoy', value: 6, unit: '%' },
      { kind: 'ytd-yoy', value: 6, unit: '%' },
    ])
    fc.assert(
      fc.property(fc.integer({ min: 2001, max: 2040 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const indicator = indicatorOf(cumulative)
        const { period } = observationOf(indicator, `${year}-${String(month).padStart(2, '0')}`, 1)
        for (const { base } of comparisonPeriods(indicator, period, shanghai))
          expect(sameCumulativeWindow(period, base[0]!, shanghai)).toBe(true)
      }),
    )
  })

  it('adds up both years for 累计同比 of monthly sums, and only when every month is known', () => {
    const change = { comparisons: ['ytd-yoy' as const], jointFirstPeriods: 2 }
    const known = { '2026-02': 20, '2026-03': 12, '2025-02': 18, '2025-03': 10, '2025-04': 12 }
    expect(compare(change, '2026-04', 12, known)).toEqual([{ kind: 'ytd-yoy', value: 10, unit: '%' }])
    expect(compare(change, '2026-04', 12, { ...known, '2025-03': null })).toEqual([])
    const { '2026-03': _march, ...gap } = known
    expect(compare(change, '2026-04', 12, gap)).toEqual([])
  })

  it('knows that March and 1—2月 are no pair', () => {
    expect(compare({ jointFirstPeriods: 2 }, '2026-03', 12, { '2026-02': 20, '2025-03': 10 })).toEqual([
      { kind: 'yoy', value: 20, unit: '%' },
    ])
    expect(compare({ jointFirstPeriods: 2 }, '2026-02', 24, { '2025-02': 20 })).toEqual([
      { kind: 'yoy', value: 20, unit: '%' },
    ])
  })

  it('leaves out what has no base', () => {
    expect(compare({}, '2026-06', 110, {})).toEqual([])
    expect(compare({}, '2026-06', 110, { '2026-05': 0, '2025-06': -3 })).toEqual([])
    expect(compare({}, '2026-06', null, { '2026-05': 100 })).toEqual([])
    expect(compare({}, '2026-06', 110, { '2026-05': null })).toEqual([])
    expect(compare({ unit: 'Cel' }, '2026-06', 22, { '2026-05': 20 })).toEqual([])
    expect(compare({}, '2026-06', 110, { '2026-05': 100 }, {}, { status: 'B' })).toEqual([])
  })

  it('never compares invented with published values', () => {
    const all = ['real', 'derived', 'synthetic'] as const
    for (const own of all) {
      for (const past of all) {
        const found = compare(
          {},
          '2026-06',
          110,
          { '2026-05': 100 },
          { provenance: past },
          { provenance: own },
        )
        expect(found.length === 1).toBe((own === 'synthetic') === (past === 'synthetic'))
      }
    }
  })

  it('lets the published rate stand above the computed one', () => {
    const comparisons = [{ kind: 'yoy' as const, value: 5.7, unit: '%' as const, published: true }]
    expect(
      compare({ comparisons: ['yoy'] }, '2026-06', 110, { '2025-06': 100 }, {}, { comparisons }),
    ).toEqual(comparisons)
  })

  it('never makes growth at constant prices from values of another indicator or unit', () => {
    const change = { priceBasis: 'constant' as const, comparisons: ['yoy' as const] }
    expect(compare(change, '2026-06', 110, { '2025-06': 100 }, { indicator: 'MAC.GDP.TOTAL' })).toEqual([])
    expect(compare(change, '2026-06', 110, { '2025-06': 100 }, { unit: 'USD' })).toEqual([])
    expect(compare(change, '2026-06', 110, { '2025-06': 100 })).toHaveLength(1)
  })

  it('measures against the target of the own region, a rate in points', () => {
    const source = { title: '报告', provenance: 'real' as const }
    const targets = [{ region: '220100', period: '2026', op: '>=' as const, value: 6, source }]
    const change = { comparisons: ['target' as const], targets }
    expect(compare({ ...change, unit: '%' }, '2026-06', 5.6, {})).toEqual([
      { kind: 'target', value: -0.4, unit: 'pp' },
    ])
    expect(compare(change, '2026-06', 9, {})).toEqual([{ kind: 'target', value: 50, unit: '%' }])
    expect(compare(change, '2026-06', 9, {}, {}, { region: '220102' })).toEqual([])
    expect(compare({ ...change, timeBasis: 'cumulative-ytd' }, '2026-06', 3, {})).toEqual([])
    const range = [{ ...targets[0]!, op: 'between' as const, value: [2, 4] as [number, number] }]
    expect(
      [3, 5].map((value) => compare({ ...change, targets: range }, '2026-06', value, {})[0]?.value),
    ).toEqual([0, 25])
  })
})

describe('comparisonPeriods', () => {
  it('lists each base once and asks for nothing that is not wanted', () => {
    const indicator: Indicator = indicatorOf({ comparisons: ['yoy', 'target'] })
    const { period } = observationOf(indicator, '2026-06', 1)
    expect(
      comparisonPeriods(indicator, period, shanghai).map(({ kind, base }) => [kind, base[0]!.label]),
    ).toEqual([['yoy', '2025-06']])
  })
})
