import { describe, expect, it } from 'vitest'
import { pathTo, regionsBelow } from './place-regions.ts'
import type { Region } from './region.ts'

const region = (code: string, level: Region['level'], parent?: string, operatingParent?: string): Region => ({
  code,
  level,
  name: { zh: code },
  ...(parent === undefined ? {} : { parent }),
  ...(operatingParent === undefined ? {} : { operatingParent }),
})
const regions = [
  region('220102001001', 'community', '220102001'),
  region('220102001', 'town', '220102', 'zone:new'),
  region('220102', 'county', '220100'),
  region('220103', 'county', '220100'),
  region('zone:new', 'zone', '220100'),
  region('220100', 'city'),
]
const codes = (found: readonly Region[]): string[] => found.map(({ code }) => code)

describe('regions below one', () => {
  it('are its administrative children and those it operates', () => {
    expect(codes(regionsBelow(regions, '220100', '1'))).toEqual(['220102', '220103', 'zone:new'])
    expect(codes(regionsBelow(regions, 'zone:new', '1'))).toEqual(['220102001'])
  })

  it('are all the way down on demand, each once, in whatever order they stand', () => {
    expect(codes(regionsBelow(regions, '220100', 'all'))).toEqual(codes(regions).slice(0, 5))
    expect(codes(regionsBelow(regions, '220103', 'all'))).toEqual([])
  })
})

describe('the way to a region', () => {
  const known = new Map(regions.map((one) => [one.code, one]))
  it('goes by administration from the outermost', () => {
    expect(codes(pathTo('220102001001', (code) => known.get(code)))).toEqual([
      '220100',
      '220102',
      '220102001',
      '220102001001',
    ])
  })

  it('has no stations for an unknown region, and ends where regions are their own parents', () => {
    expect(pathTo('999999', (code) => known.get(code))).toEqual([])
    const round = region('a', 'county', 'a')
    expect(pathTo('a', () => round)).toEqual([round])
  })
})
