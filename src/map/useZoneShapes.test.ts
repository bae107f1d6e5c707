import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { catalogueWith } from '../../tests/support/wire-fixtures.ts'
import { readRegions } from '../client/gateway.ts'
import type { Region } from '../domain/region.ts'
import { useBaseUnits } from '../stores/base-units.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { useMapRegions } from '../stores/map-regions.ts'
import { useZoneShapes } from './useZoneShapes.ts'

vi.mock('../client/gateway.ts')
const scope = effectScope()
afterEach(() => scope.stop())

const zone: Region = { code: 'zone:a', name: { zh: '甲' }, level: 'zone', parent: '220100' }
const street = (code: string, validity: Partial<Region>): Region => ({
  code,
  name: { zh: code },
  level: 'town',
  parent: '220102',
  operatingParent: zone.code,
  ...validity,
})
const drawn = (code: string) => ({
  type: 'Feature' as const,
  properties: { code, name: code, anchor: [125, 43] as [number, number] },
  geometry: { type: 'MultiPolygon' as const, coordinates: [] },
})

it('draws a zone as the streets it ran on the day the map stands at, and none before there was one', async () => {
  setActivePinia(createPinia())
  useClock().nowMs = Date.parse('2026-08-06T06:32:00Z')
  const base = catalogueWith().regions.filter(({ level }) => level !== 'zone')
  useCatalogue().accept(catalogueWith({ regions: [...base, { ...zone, validFrom: '2015' }] }))
  const streets = [street('220102001', { validTo: '2020' }), street('220102002', { validFrom: '2020' })]
  vi.mocked(readRegions).mockResolvedValue({ regions: streets })
  await useMapRegions().ask(zone.code)
  const features = streets.map(({ code }, nth) => ({
    ...drawn(code),
    geometry: { type: 'MultiPolygon' as const, coordinates: [[[[nth, 0] as [number, number]]]] },
  }))
  useBaseUnits().collections = new Map([['towns', { type: 'FeatureCollection', features }]])
  const zonesOn = scope.run(() =>
    useZoneShapes(
      () => (longitude, latitude) => [longitude, latitude, 0],
      () => true,
    ),
  )!
  const east = (day: string) =>
    zonesOn.value(day).map(({ polygons }) => polygons.flat(2).map(([metres]) => metres))
  expect([east('2026-08-06'), east('2019-08-06'), east('2014-08-06')]).toEqual([[[1]], [[0]], []])
})
