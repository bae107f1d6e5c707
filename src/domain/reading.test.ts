import { describe, expect, it } from 'vitest'
import type { IndicatorInput } from './indicator.ts'
import { observationFrom, type Reading } from './reading.ts'
import { indicatorOf, shanghai } from '../../tests/support/domain-samples.ts'

const context = {
  receivedAt: '2026-08-06T06:32:08Z',
  zone: shanghai,
  knownRegion: (code: string) => code.startsWith('2201'),
}
const source = { id: 'test', provenance: 'real' as const }
const lineage = { request: 'GET /', rawSha256: 'ab', steps: [] }

function read(change: Partial<Reading> = {}, indicator: Partial<IndicatorInput> = {}) {
  const reading: Reading = {
    region: '220100',
    dims: {},
    at: { label: '2026-06' },
    value: 12.5,
    unit: '10*8.CNY',
    lineage,
    ...change,
  }
  return observationFrom(indicatorOf(indicator), source, reading, context)
}
const taken = (...args: Parameters<typeof read>) => {
  const answer = read(...args)
  if ('refused' in answer) throw new Error(answer.refused)
  return answer.observation
}

describe('observationFrom', () => {
  it('carries a reading into the base unit, flagged, with its full period', () => {
    expect(read()).toEqual({
      observation: {
        indicator: 'MAC.TEST.ONE',
        region: '220100',
        dims: {},
        value: 1_250_000_000,
        unit: 'CNY',
        status: 'A',
        flags: ['unit-converted'],
        provenance: 'real',
        source: 'test',
        period: { start: '2026-05-31T16:00:00Z', end: '2026-06-30T16:00:00Z', label: '2026-06' },
        resultTime: '2026-08-06T06:32:08Z',
        receivedAt: '2026-08-06T06:32:08Z',
        comparisons: [],
      },
    })
    expect(taken({ unit: 'CNY', value: 3 })).toMatchObject({ value: 3, flags: [] })
    expect(taken({ interval: [{ level: 0.95, lower: 12, upper: 13 }] }).interval).toEqual([
      { level: 0.95, lower: 1.2e9, upper: 1.3e9 },
    ])
  })

  it('keeps a missing value missing', () => {
    expect(taken({ value: null })).toMatchObject({ value: null, status: 'M' })
    expect(taken({ value: 0 })).toMatchObject({ value: 0, status: 'A' })
  })

  it('takes the period around an instant, and the joint one', () => {
    expect(taken({ at: { instant: '2026-07-31T23:59:59+08:00' } }).period.label).toBe('2026-07')
    expect(taken({ at: { label: '2026-02' } }, { jointFirstPeriods: 2 }).period.label).toBe('2026-01/2026-02')
    expect(taken({ at: { label: '2026-S1' } }, { freq: 'Q', timeBasis: 'cumulative-ytd' }).period.label).toBe(
      '2026-01/2026-06',
    )
  })

  it('marks growth rates of the source as published', () => {
    expect(taken({ comparisons: [{ kind: 'yoy', value: 5.7, unit: '%' }] }).comparisons).toEqual([
      { kind: 'yoy', value: 5.7, unit: '%', published: true },
    ])
  })

  it('keeps and flags what is out of range or ahead of the clock', () => {
    const validity = { min: 0, max: 1e9 }
    expect(taken({}, { validity }).flags).toEqual(['unit-converted', 'out-of-range'])
    expect(taken({ value: -1, unit: 'CNY', flags: ['late'] }, { validity }).flags).toEqual([
      'late',
      'out-of-range',
    ])
    expect(taken({ value: 10 }, { validity }).flags).not.toContain('out-of-range')
    const sensor = { freq: 'N', timeBasis: 'instant', unit: 'cm' } as const
    const at = (instant: string) => taken({ at: { instant }, unit: 'cm' }, sensor).flags
    expect(at('2026-08-06T14:32:12+08:00')).toEqual([])
    expect(at('2026-08-06T14:33:00+08:00')).toEqual(['clock-skew'])
    expect(taken({ at: { label: '2026-08' } }).flags).not.toContain('clock-skew')
    expect(taken({ at: { label: '2026-09' } }).flags).toContain('clock-skew')
    expect(taken({ at: { label: '2026-09' }, status: 'F' }).flags).not.toContain('clock-skew')
    expect(taken({ at: { label: '2026-12' } }, { timeBasis: 'cumulative-ytd' }).flags).toContain('clock-skew')
    expect(taken({ resultTime: '2026-08-07T00:00:00+08:00' }).flags).toContain('clock-skew')
  })

  it('refuses with a sentence an operator can act on', () => {
    const refused = (...args: Parameters<typeof read>) => (read(...args) as { refused: string }).refused
    expect(refused({ region: '310000' })).toBe("region 310000 is not in the city's region tree")
    expect(refused({ value: Number.NaN })).toContain('no finite number')
    expect(refused({ unit: '{person}' })).toBe('MAC.TEST.ONE: {person} (person) cannot become CNY (money)')
    expect(refused({ unit: '亿元', value: null })).toContain('not in the unit table')
    expect(refused({ at: { label: '2026年6月' } })).toBe(
      'period 2026年6月 is none of a sum figure of frequency M',
    )
    expect(refused({ at: { label: '2026' } })).toContain('period 2026')
    expect(refused({ at: { instant: '2026-06-01T00:00:00' } })).toContain('no instant with an offset')
    expect(refused({ dims: { industry: 'C36' } })).toBe('MAC.TEST.ONE has no dimension industry')
    const dimensions = [
      { key: 'industry', name: { zh: '行业' }, codes: [{ value: 'C36', name: { zh: '汽车' } }] },
    ]
    expect(refused({ dims: { industry: 'C99' } }, { dimensions })).toContain('C99 is no code')
    expect(taken({ dims: { industry: 'C36' } }, { dimensions }).dims).toEqual({ industry: 'C36' })
    expect(refused({}, { derivation: 'situation' })).toContain('counted by the cockpit')
    expect(refused({ resultTime: 'yesterday' })).toContain('release time')
    expect(refused({ comparisons: [{ kind: 'yoy', value: Infinity, unit: '%' }] })).toContain(
      'no finite number',
    )
  })
})
