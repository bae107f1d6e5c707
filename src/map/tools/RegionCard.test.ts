import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Region } from '../../domain/region.ts'
import { catalogueWith } from '../../../tests/support/wire-fixtures.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useMapRegions } from '../../stores/map-regions.ts'
import RegionCard from './RegionCard.vue'

const zone = (code: string): Region => ({ code, name: { zh: code }, level: 'zone', parent: '220100' })
const city: Region[] = [
  { code: '220100', name: { zh: '甲市' }, level: 'city' },
  { code: '220102', name: { zh: '甲区' }, level: 'county', parent: '220100' },
]
const street: Region = {
  code: '220102001',
  name: { zh: '一街道' },
  level: 'town',
  parent: '220102',
  operatingParent: 'zone:one',
}

beforeEach(() => {
  setActivePinia(createPinia())
  useCatalogue().accept(catalogueWith({ regions: [...city, zone('zone:one'), zone('zone:two'), street] }))
})

async function card(id: string, asked: () => Promise<void>): Promise<string> {
  vi.spyOn(useMapRegions(), 'ask').mockImplementation(asked)
  const wrapper = mount(RegionCard, { props: { id, indicators: [] } })
  await flushPromises()
  return wrapper.text()
}

it('says of a zone without a street on record that its outline is unknown', async () => {
  expect(await card('zone:two', () => Promise.resolve())).toContain('未知，资料未列其代管街道')
  expect(await card('zone:one', () => Promise.resolve())).not.toContain('未知')
})

it('says nothing of it before the streets are known, nor where they could not be had', async () => {
  expect(await card('zone:two', () => new Promise(() => undefined))).not.toContain('未知')
  const failed = async () => void (useMapRegions().error = 'no answer')
  expect(await card('zone:two', failed)).not.toContain('未知')
})
