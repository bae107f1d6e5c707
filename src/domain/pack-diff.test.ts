import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { type Indicator, type IndicatorInput, IndicatorSchema } from './indicator.ts'
import { changesMeaning, packDiff } from './pack-diff.ts'

const base: IndicatorInput = {
  code: 'ECO.AIR.GOOD',
  name: { zh: '优良天数比例' },
  definition: { zh: '优良天数占有效天数的比重' },
  unit: '%',
  freq: 'M',
  timeBasis: 'cumulative-ytd',
  direction: 'higher-better',
  rollup: 'none',
  department: 'ecology',
}
const indicator = (changed: Partial<IndicatorInput> = {}): Indicator =>
  v.parse(IndicatorSchema, { ...base, ...changed })

describe('packDiff', () => {
  it('finds nothing between equal packs, in whatever order their keys stand', () => {
    const turned = Object.fromEntries(Object.entries(indicator()).toReversed()) as Indicator
    expect(packDiff([indicator()], [turned])).toEqual([])
  })

  it('tells each field that changed, with both texts', () => {
    const next = indicator({
      definition: { zh: '按 HJ 633—2026 评价的优良天数比重' },
      department: 'statistics',
    })
    expect(packDiff([indicator()], [next])).toEqual([
      {
        code: 'ECO.AIR.GOOD',
        field: 'definition',
        from: '{"zh":"优良天数占有效天数的比重"}',
        to: '{"zh":"按 HJ 633—2026 评价的优良天数比重"}',
      },
      { code: 'ECO.AIR.GOOD', field: 'department', from: 'ecology', to: 'statistics' },
    ])
  })

  it('tells what came and what went as a whole', () => {
    const other = indicator({ code: 'ECO.AIR.BAD', name: { zh: '污染天数比例' } })
    expect(packDiff([indicator()], [other])).toEqual([
      { code: 'ECO.AIR.BAD', field: 'indicator', from: '', to: '污染天数比例' },
      { code: 'ECO.AIR.GOOD', field: 'indicator', from: '优良天数比例', to: '' },
    ])
  })

  it('holds a new definition, unit or basis for a break of the series, a new owner not', () => {
    const next = indicator({ unit: '1', timeBasis: 'average', department: 'statistics' })
    const broken = packDiff([indicator()], [next]).filter(changesMeaning)
    expect(broken.map(({ field }) => field)).toEqual(['timeBasis', 'unit'])
  })
})
