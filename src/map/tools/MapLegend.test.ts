import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import type { LegendEntry } from '../../contracts/map-drawing.ts'
import { type SituationView, defineMapLayer } from '../../contracts/map-layer.ts'
import { scaleEntries } from '../../ui/cartography/legend-scale.ts'
import MapLegend from './MapLegend.vue'

beforeEach(() => setActivePinia(createPinia()))

const depth = (...bounds: string[]): LegendEntry[] =>
  scaleEntries(
    { zh: '水深', en: 'Depth' },
    { zh: 'm', en: 'm' },
    bounds.map((bound) => [bound, '#123']),
  )
const view = {} as SituationView
const layerOf = (...entries: LegendEntry[]) =>
  defineMapLayer({ title: { zh: '层', en: 'Layer' }, build: () => [], legend: () => entries })

it('writes the classes of a scale in one row, its name and unit once, and each thing once', () => {
  const road: LegendEntry = { text: { zh: '封闭道路', en: 'Closed road' }, colour: '#f00', form: 'line' }
  const layers = [layerOf(...depth('< 0.5', '> 1')), layerOf(road), layerOf(road, ...depth('> 1'))]
  const legend = mount(MapLegend, { props: { layers, view } })
  expect(legend.findAll('li').map((row) => row.findAll('span').map((span) => span.text()))).toEqual([
    ['水深 m', '< 0.5', '> 1'],
    ['封闭道路'],
  ])
  expect(legend.findAll('i')).toHaveLength(3)
  expect(legend.find('span[title="水深 > 1 m"]').text()).toBe('> 1')
})

it('is absent where no layer has anything to explain', () => {
  expect(mount(MapLegend, { props: { layers: [layerOf()], view } }).html()).not.toContain('legend')
})
