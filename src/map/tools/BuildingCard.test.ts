import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { catalogueWith } from '../../../tests/support/wire-fixtures.ts'
import { useBasemap } from '../../stores/basemap.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useClock } from '../../stores/clock.ts'
import BuildingCard from './BuildingCard.vue'

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().nowMs = Date.parse('2026-08-06T06:32:00Z')
  useCatalogue().accept(catalogueWith())
  const layer = {
    id: 'houses',
    provenance: 'real',
    license: 'CC-BY-4.0',
    asOf: '2024-05',
    source: { title: '某局普查' },
  }
  useBasemap().basemap = { manifest: { layers: [layer] } } as never
})
const card = (building: Record<string, unknown>) =>
  mount(BuildingCard, { props: { id: 'houses/4711', building } })

it('tells of a building its number, how high it is and whence that is known, and whose layer it is', () => {
  const shown = card({ name: '', height: 31.5, heightFrom: 'floors', provenance: 'real' })
  for (const said of ['4711', '31.5', '按层数推算', '某局普查', 'CC-BY-4.0', '2024-05'])
    expect(shown.text()).toContain(said)
  expect(shown.get('[data-indicator="buildings.height"]').text()).toMatch(/31\.5\s*米/)
  expect(shown.text()).not.toContain('示意')
})

it('says of each height what it rests on, and of a drawn one that nobody measured it', () => {
  const from = (heightFrom: string, provenance = 'real') => card({ height: 9, heightFrom, provenance }).text()
  expect(from('measured')).toContain('来源实测')
  expect(from('assumed')).toContain('按约定高度绘制')
  expect(from('measured', 'synthetic')).toContain('示意，未经测量')
  expect(from('measured', 'synthetic')).not.toContain('来源实测')
  expect(card({ height: 9, provenance: 'synthetic' }).find('.demo').exists()).toBe(true)
})

it('never makes a nought of a height that the tiles do not tell', () => {
  const shown = card({ name: '某楼' })
  expect(shown.get('h3').text()).toBe('某楼')
  expect(shown.get('[data-indicator="buildings.height"]').text()).not.toMatch(/\d/)
  expect(shown.text()).not.toContain('高度依据')
})
