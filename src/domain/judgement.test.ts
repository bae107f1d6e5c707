import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IndicatorInput } from './indicator.ts'
import { judge } from './judgement.ts'
import { indicatorOf, observationOf } from '../../tests/support/domain-samples.ts'

type TargetInput = NonNullable<IndicatorInput['targets']>[number]
const published = { title: '政府工作报告', provenance: 'real' as const }
const target = (change: Partial<TargetInput> = {}): TargetInput => ({
  region: '220100',
  period: '2026',
  op: '>=',
  value: 5.5,
  source: published,
  ...change,
})
const growth = (...targets: TargetInput[]) =>
  indicatorOf({ unit: '%', freq: 'Q', timeBasis: 'cumulative-ytd', targets })

describe('judge', () => {
  it('judges a rate against its target, with the gap in points', () => {
    expect(judge(growth(target()), observationOf(growth(), '2026-Q2', 5.2))).toMatchObject({
      verdict: 'missed',
      gap: { value: -0.3, unit: 'pp' },
    })
    expect(judge(growth(target()), observationOf(growth(), '2026-Q2', 5.5)).verdict).toBe('met')
    expect(judge(growth(target({ op: '<=' })), observationOf(growth(), '2026-Q2', 5.6)).verdict).toBe(
      'missed',
    )
    expect(
      judge(growth(target({ op: 'between', value: [2, 3] })), observationOf(growth(), '2026-Q2', 3.4)),
    ).toMatchObject({ verdict: 'missed', gap: { value: 0.4 } })
    expect(
      judge(growth(target({ op: 'between', value: [2, 3] })), observationOf(growth(), '2026-Q2', 2.4)),
    ).toMatchObject({ verdict: 'met', gap: { value: 0 } })
    expect(judge(growth(target({ op: '=' })), observationOf(growth(), '2026-Q2', 5.5)).verdict).toBe('met')
  })

  it('says nothing without a target, without a value, of a neutral figure or of a breakdown', () => {
    expect(judge(growth(), observationOf(growth(), '2026-Q2', 5.2))).toEqual({ verdict: 'none' })
    expect(judge(growth(target()), observationOf(growth(), '2026-Q2', null))).toEqual({ verdict: 'none' })
    expect(
      judge({ ...growth(target()), direction: 'neutral' }, observationOf(growth(), '2026-Q2', 5.2)),
    ).toEqual({ verdict: 'none' })
    expect(
      judge(growth(target()), observationOf(growth(), '2026-Q2', 5.2, { dims: { industry: 'C36' } })).verdict,
    ).toBe('none')
  })

  it('judges nobody by the target of somebody else', () => {
    const regions = ['220100', '220102', '220103', '220173']
    fc.assert(
      fc.property(
        fc.constantFrom(...regions),
        fc.constantFrom(...regions),
        fc.double({ min: -20, max: 20, noNaN: true }),
        (bound, seen, value) => {
          const indicator = growth(target({ region: bound }))
          const { verdict } = judge(indicator, observationOf(indicator, '2026-Q2', value, { region: seen }))
          expect(verdict === 'none').toBe(bound !== seen)
        },
      ),
    )
    // Nobody knows whom a target without a region binds.
    const { region: _region, ...open } = target()
    expect(judge(growth(open), observationOf(growth(), '2026-Q2', 1)).verdict).toBe('none')
  })

  it('takes the target of the period, the narrowest first', () => {
    const indicator = growth(
      target({ value: 6 }),
      target({ period: '2026-Q1', value: 5 }),
      target({ period: '2025', value: 9 }),
    )
    expect(judge(indicator, observationOf(indicator, '2026-Q1', 5.5)).verdict).toBe('met')
    expect(judge(indicator, observationOf(indicator, '2026-Q2', 5.5)).verdict).toBe('missed')
    expect(judge(indicator, observationOf(indicator, '2024', 5.5)).verdict).toBe('none')
    const monthly = indicatorOf({ unit: '%', targets: [target({ period: '2026-Q3', value: 1 })] })
    expect(
      ['2026-06', '2026-07', '2026-09', '2026-10'].map(
        (label) => judge(monthly, observationOf(monthly, label, 2)).verdict,
      ),
    ).toEqual(['none', 'met', 'met', 'none'])
  })

  it('never measures a published value by an invented target', () => {
    const indicator = growth(target({ source: { title: '演示', provenance: 'synthetic' } }))
    expect(judge(indicator, observationOf(indicator, '2026-Q2', 1)).verdict).toBe('none')
    expect(
      judge(indicator, observationOf(indicator, '2026-Q2', 1, { provenance: 'synthetic' })).verdict,
    ).toBe('missed')
  })

  it('waits with a yearly total until nothing can change the verdict', () => {
    const jobs = indicatorOf({
      unit: '{person}',
      timeBasis: 'cumulative-ytd',
      targets: [target({ value: 100_000 })],
    })
    expect(judge(jobs, observationOf(jobs, '2026-06', 60_000)).verdict).toBe('none')
    expect(judge(jobs, observationOf(jobs, '2026-06', 100_000)).verdict).toBe('met')
    expect(judge(jobs, observationOf(jobs, '2026-12', 60_000)).verdict).toBe('missed')
    const deaths = indicatorOf({
      unit: '{person}',
      timeBasis: 'cumulative-ytd',
      direction: 'lower-better',
      targets: [target({ op: '<=', value: 3 })],
    })
    expect(judge(deaths, observationOf(deaths, '2026-06', 2)).verdict).toBe('none')
    expect(judge(deaths, observationOf(deaths, '2026-06', 4)).verdict).toBe('missed')
  })
})
