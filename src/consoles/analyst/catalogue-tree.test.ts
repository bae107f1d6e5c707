import { describe, expect, it } from 'vitest'
import { indicatorWith } from '../../../tests/support/wire-fixtures.ts'
import { treeOf } from './catalogue-tree.ts'

const catalogue = [
  indicatorWith({ code: 'ECO.AQI', name: { zh: '空气质量指数', en: 'Air quality index' } }),
  indicatorWith({ code: 'MAC.GDP.TOTAL', name: { zh: '地区生产总值' } }),
  indicatorWith({ code: 'MAC.BUDGET.REVENUE', name: { zh: '一般公共预算收入' } }),
]

describe('treeOf', () => {
  it('groups by domain in the order of the standard', () => {
    expect(
      treeOf(catalogue, '').map(({ domain, indicators }) => [domain, indicators.map(({ code }) => code)]),
    ).toEqual([
      ['MAC', ['MAC.BUDGET.REVENUE', 'MAC.GDP.TOTAL']],
      ['ECO', ['ECO.AQI']],
    ])
  })

  it('finds by name in either language and by code, all words needed', () => {
    const found = (find: string) =>
      treeOf(catalogue, find).flatMap(({ indicators }) => indicators.map(({ code }) => code))
    expect(found('air INDEX')).toEqual(['ECO.AQI'])
    expect(found('预算')).toEqual(['MAC.BUDGET.REVENUE'])
    expect(found('mac 生产')).toEqual(['MAC.GDP.TOTAL'])
    expect(found('mac 空气')).toEqual([])
  })
})
