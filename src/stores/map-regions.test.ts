import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readRegions } from '../client/gateway.ts'
import type { Region } from '../domain/region.ts'
import type { Catalogue } from '../domain/wire.ts'
import { useCatalogue } from './catalogue.ts'
import { useClock } from './clock.ts'
import { useMapRegions } from './map-regions.ts'
import { useScene } from './scene.ts'

vi.mock('../client/gateway.ts', () => ({ readRegions: vi.fn<typeof readRegions>() }))
const asked = vi.mocked(readRegions)

const region = (code: string, level: Region['level'], parent?: string): Region => ({
  code,
  level,
  name: { zh: code },
  ...(parent === undefined ? {} : { parent }),
})
const town = region('220102001', 'town', '220102')
const community = region('220102001001', 'community', '220102001')

describe('going down to towns and communities', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    asked.mockReset()
    asked.mockImplementation(async (code) => ({
      regions: code === '220102' ? [town] : code === town.code ? [community] : [],
    }))
    useCatalogue().accept({
      city: { root: '220100', timeZone: 'Asia/Shanghai' },
      regions: [
        region('220000', 'province'),
        region('220100', 'city', '220000'),
        region('220102', 'county', '220100'),
        region('220103', 'county', '220100'),
        { ...region('220184', 'county', '220100'), validFrom: '2020-06-19' },
        region('zone:new', 'zone', '220100'),
      ],
      indicators: [],
      sources: [],
      scenes: [],
    } as unknown as Catalogue)
  })

  it('takes the panels along as far down as they have figures', async () => {
    const [regions, scene] = [useMapRegions(), useScene()]
    regions.drillTo('220102')
    await vi.waitFor(() => expect(regions.children('220102')).toEqual([town]))
    regions.drillTo(town.code)
    await vi.waitFor(() => expect(regions.children(town.code)).toEqual([community]))
    regions.drillTo(community.code)
    expect(scene.region).toBe('220102')
    expect(regions.path.map(({ code }) => code)).toEqual([
      '220000',
      '220100',
      '220102',
      '220102001',
      '220102001001',
    ])
  })

  it('asks once for each region, and again after a refusal', async () => {
    const regions = useMapRegions()
    await regions.ask('220102')
    await regions.ask('220102')
    expect(asked).toHaveBeenCalledTimes(1)
    asked.mockRejectedValueOnce(new Error('away'))
    await regions.ask('220103')
    expect(regions.error).toContain('away')
    await regions.ask('220103')
    expect(asked).toHaveBeenCalledTimes(3)
    expect(regions.error).toBeUndefined()
  })

  it('follows a panel that picks another district, and does not come back to the town left', async () => {
    const [regions, scene] = [useMapRegions(), useScene()]
    await regions.ask('220102')
    regions.drillTo(town.code)
    expect(regions.place).toBe(town.code)
    scene.selectRegion('220103')
    expect(regions.place).toBe('220103')
  })

  it('shows the whole city for the province and the city', () => {
    const [regions, scene] = [useMapRegions(), useScene()]
    regions.drillTo('220103')
    regions.drillTo('220000')
    expect(scene.region).toBe('220100')
    expect(regions.place).toBe('220000')
    regions.drillTo('zone:new')
    expect(scene.region).toBe('zone:new')
  })

  it('lists the units of the day that the page stands at, with all that lies in them', async () => {
    const [regions, catalogue, clock] = [useMapRegions(), useCatalogue(), useClock()]
    const joined = region('220184001', 'town', '220184')
    asked.mockResolvedValue({ regions: [town, joined] })
    await regions.ask('220100', 'all')
    const counties = () => regions.children('220100').map(({ code }) => code)
    clock.standAt('2020-06-18T15:59:59Z')
    expect(counties()).toEqual(['220102', '220103', 'zone:new'])
    expect(catalogue.counties.map(({ code }) => code)).toEqual(['220102', '220103'])
    expect([...regions.fetched.keys()]).toEqual([town.code])
    expect(regions.get('220184001')).toBeUndefined()
    expect(catalogue.regionName('220184')).toBe('220184')
    clock.standAt('2020-06-18T16:00:00Z')
    expect(counties()).toEqual(['220102', '220103', '220184', 'zone:new'])
    expect(regions.children('220184').map(({ code }) => code)).toEqual(['220184001'])
  })

  it('knows what lay below a unit on another day than the page’s', async () => {
    const merged = { ...region('220103001', 'town', '220103'), validTo: '2020-06-19' }
    const formed = { ...region('220103009', 'town', '220103'), validFrom: '2020-06-19' }
    asked.mockResolvedValue({ regions: [merged, formed] })
    const regions = useMapRegions()
    await regions.ask('220103')
    const below = (day?: string) => regions.children('220103', day).map(({ code }) => code)
    expect([below(), below('2019-08-06'), below('2021-08-06')]).toEqual([
      ['220103009'],
      ['220103001'],
      ['220103009'],
    ])
    expect(regions.children('220100', '2019-08-06').map(({ code }) => code)).not.toContain('220184')
  })
})
