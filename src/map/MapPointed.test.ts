import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { catalogueWith } from '../../tests/support/wire-fixtures.ts'
import { useBasemap } from '../stores/basemap.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useFeatures } from '../stores/features.ts'
import MapPointed from './MapPointed.vue'

beforeEach(() => {
  setActivePinia(createPinia())
  const card = (id: string, zh: string) => ({ id, name: { zh } })
  const collections = [card('pipes', '地下管线'), card('assets', '移动装备')] as never
  useCatalogue().accept(catalogueWith({ collections }))
  useBasemap().basemap = { manifest: { layers: [{ id: 'houses' }] } } as never
  const known: Record<string, object[]> = {
    pipes: [{ id: 'p1', properties: { name: '某路给水干管', kind: 'water' } }],
    assets: [{ id: 'drone-1', properties: { name: '一号机' } }],
  }
  vi.spyOn(useFeatures(), 'known').mockImplementation((collection) => (known[collection] ?? []) as never)
})
const shown = (feature: string, x = 40) =>
  mount(MapPointed, { props: { feature, at: { x, y: 30 }, width: 1000 } })

it('names a pipe, a drone and a building under the pointer, and what kind of thing each is', () => {
  expect(shown('pipes/p1').text()).toBe('某路给水干管给水')
  expect(shown('assets/drone-1').text()).toBe('一号机移动装备')
  expect(shown('houses/4711').text()).toBe('4711建筑')
})

it('gives the id of what the source did not name, and says nothing of what is no thing of the map', () => {
  expect(shown('pipes/p9').text()).toBe('p9地下管线')
  expect(shown('region/220104').find('[data-pointed]').exists()).toBe(false)
})

it('stands beside the pointer, on its left where the canvas ends', () => {
  expect(shown('pipes/p1').get('p').classes()).not.toContain('turned')
  expect(shown('pipes/p1').get('p').attributes('style')).toContain('left: 40px')
  expect(shown('pipes/p1', 990).get('p').classes()).toContain('turned')
})
