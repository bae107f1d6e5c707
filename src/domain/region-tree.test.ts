import { describe, expect, it } from 'vitest'
import { buildRegionTree } from './region-tree.ts'
import type { Region } from './region.ts'

const region = (code: string, level: Region['level'], parent?: string, operatingParent?: string): Region => ({
  code,
  level,
  name: { zh: code },
  ...(parent === undefined ? {} : { parent }),
  ...(operatingParent === undefined ? {} : { operatingParent }),
})

const regions = [
  region('220000', 'province'),
  region('220100', 'city', '220000'),
  region('220103', 'county', '220100'),
  region('220102', 'county', '220100'),
  region('zone:jingkai', 'zone', '220100'),
  region('220102001', 'town', '220102', 'zone:jingkai'),
  region('220102002', 'town', '220102'),
  region('220102001001', 'community', '220102001'),
]

describe('buildRegionTree', () => {
  const tree = buildRegionTree(regions)
  const codes = (list: readonly Region[]) => list.map(({ code }) => code)

  it('goes down and up by the administrative parent', () => {
    expect(codes(tree.roots)).toEqual(['220000'])
    expect(codes(tree.children('220100'))).toEqual(['220102', '220103'])
    expect(codes(tree.ancestors('220102001001'))).toEqual(['220102001', '220102', '220100', '220000'])
    expect(codes(tree.descendants('220100'))).toEqual([
      '220102',
      '220102001',
      '220102001001',
      '220102002',
      '220103',
    ])
    expect(tree.children('220102001001')).toEqual([])
    expect(tree.get('999999')).toBeUndefined()
  })

  it('keeps zones out of every sum: a street under a zone still belongs to its county alone', () => {
    expect(codes(tree.zones('220100'))).toEqual(['zone:jingkai'])
    expect(tree.children('zone:jingkai')).toEqual([])
    expect(codes(tree.operatedBy('zone:jingkai'))).toEqual(['220102001'])
    const parents = regions.filter(({ code }) => codes(tree.children(code)).includes('220102001'))
    expect(codes(parents)).toEqual(['220102'])
  })

  it('says what is wrong with a tree', () => {
    expect(() => buildRegionTree([...regions, region('220102', 'county', '220100')])).toThrow(
      'region 220102 is given twice',
    )
    expect(() => buildRegionTree([region('220102', 'county', '220100')])).toThrow('unknown parent 220100')
    expect(() =>
      buildRegionTree([region('220102', 'county', '220103'), region('220103', 'county', '220102')]),
    ).toThrow('220102 → 220103 → 220102')
    expect(() => buildRegionTree([...regions, region('220103001', 'town', 'zone:jingkai')])).toThrow(
      'operatingParent',
    )
    expect(() => buildRegionTree([...regions, region('220103001', 'town', '220103', '220102')])).toThrow(
      'no known zone',
    )
    expect(() => buildRegionTree([region('220102', 'county', '220102')])).toThrow('220102 → 220102')
  })
})
