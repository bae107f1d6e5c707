import { expect, it } from 'vitest'
import type { Observation } from './observation.ts'
import type { Region } from './region.ts'
import { buildRegionTree } from './region-tree.ts'
import { boundaryChanges, datedTrees, regionsAt, standingRegions } from './regions-at.ts'
import { rollUp } from './rollup.ts'

// A city of the test: 丁县 became 丁区 with a new code in 2016, 丙市 came from another city on 2020-06-19.
const city: Region[] = [
  { code: '990100', name: { zh: '甲市' }, level: 'city' },
  { code: '990102', name: { zh: '乙区' }, level: 'county', parent: '990100' },
  { code: '990184', name: { zh: '丙市' }, level: 'county', parent: '990100', validFrom: '2020-06-19' },
  { code: '990121', name: { zh: '丁县' }, level: 'county', parent: '990100', validTo: '2016' },
  { code: '990103', name: { zh: '丁区' }, level: 'county', parent: '990100', validFrom: '2016' },
]

const codes = (day: string) => regionsAt(city, day).map(({ code }) => code)

it('takes the units of the day, the first day in, the last day out', () => {
  expect(codes('2015-12-31')).toEqual(['990100', '990102', '990121'])
  expect(codes('2016-01-01')).toEqual(['990100', '990102', '990103'])
  expect(codes('2020-06-18')).not.toContain('990184')
  expect(codes('2020-06-19')).toContain('990184')
  expect(codes('2019')).toEqual(codes('2019-01-01'))
})

it('names each day on which the units change', () => {
  expect(boundaryChanges(city)).toEqual(['2016-01-01', '2020-06-19'])
})

it('takes all that lies in a unit with it, and its operator from a street when that did not stand yet', () => {
  const below: Region[] = [
    { code: '990184001', name: { zh: '丙街道' }, level: 'town', parent: '990184' },
    { code: '990184001001', name: { zh: '丙社区' }, level: 'community', parent: '990184001' },
    { code: 'zone:new', name: { zh: '新区' }, level: 'zone', parent: '990100', validFrom: '2016' },
    {
      code: '990102001',
      name: { zh: '乙街道' },
      level: 'town',
      parent: '990102',
      operatingParent: 'zone:new',
    },
  ]
  const before = standingRegions([...city, ...below], '2015')
  expect(before.map(({ code }) => code)).toEqual(['990100', '990102', '990121', '990102001'])
  expect(before.at(-1)).not.toHaveProperty('operatingParent')
  expect(standingRegions([...city, ...below], '2021')).toHaveLength(8)
})

it('makes one tree for each time between two changes, of a code that outlived its name too', () => {
  const renamed: Region[] = [
    { code: '990100', name: { zh: '甲市' }, level: 'city' },
    { code: '990102', name: { zh: '旧区' }, level: 'county', parent: '990100', validTo: '2018-03-01' },
    { code: '990102', name: { zh: '新区' }, level: 'county', parent: '990100', validFrom: '2018-03-01' },
  ]
  const treeAt = datedTrees(renamed)
  expect(treeAt('2018-02-28').get('990102')?.name.zh).toBe('旧区')
  expect(treeAt('2018-03-01').get('990102')?.name.zh).toBe('新区')
  expect(treeAt('2020')).toBe(treeAt('2026-08-06'))
  const twice = datedTrees([...renamed, { ...renamed[2]!, validFrom: '2019' }])
  expect(() => twice('2018-06')).not.toThrow()
  expect(() => twice('2019')).toThrow('region 990102 is given twice')
})

it('sums 2019 over the units of 2019', () => {
  const period = { start: '2019-01-01T00:00:00+08:00', end: '2020-01-01T00:00:00+08:00', label: '2019' }
  const seen = (region: string, value: number): Observation => ({
    indicator: 'MAC.GDP',
    region,
    dims: {},
    period,
    value,
    unit: 'CNY',
    status: 'A',
    flags: [],
    provenance: 'synthetic',
    source: 'test',
    resultTime: period.end,
    receivedAt: period.end,
    comparisons: [],
    revision: 0,
    lineage: '',
  })
  const sumAt = (day: string) =>
    rollUp({
      indicator: { code: 'MAC.GDP', rollup: 'sum', unit: 'CNY' },
      region: '990100',
      tree: buildRegionTree(regionsAt(city, day)),
      // The yearbook of the city that 丙市 then belonged to gives it a figure for 2019 too.
      observations: [seen('990102', 70), seen('990103', 20), seen('990184', 30)],
      receivedAt: period.end,
    })
  expect(sumAt('2019')).toMatchObject({ observation: { value: 90 }, coverage: { have: 2, of: 2 } })
  expect(sumAt('2021')).toMatchObject({ observation: { value: 120 }, coverage: { have: 3, of: 3 } })
})
