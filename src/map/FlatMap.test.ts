import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { RegionShape, SituationView } from '../contracts/map-layer.ts'
import type { Observation } from '../domain/observation.ts'
import { cssColour, mapColours } from '../ui/cartography/map-colours.ts'
import FlatMap from './FlatMap.vue'
import { silentView } from '../../tests/support/silent-view.ts'

function shape(code: string, west: number): RegionShape {
  return {
    region: { code, name: { zh: code }, level: 'county' },
    polygons: [
      [
        [
          [west, 0, 0],
          [west + 10, 0, 0],
          [west + 10, 10, 0],
          [west, 0, 0],
        ],
      ],
    ],
    anchor: [west + 5, 5, 0],
  }
}

const land = { indicator: 'MAC.FIS.REV', by: 'value' as const, bounds: [2, 4, 6] as [number, number, number] }
const view: SituationView = {
  ...silentView,
  theme: { id: 'economy', name: { zh: '经济' }, column: 'MAC.FIS.REV', land, layers: [] },
  shapes: [shape('220102', 0), shape('220103', 10)],
  selectedRegion: '220103',
  latest: (_, region) =>
    region === '220102' ? ({ value: 5, comparisons: [] } as unknown as Observation) : undefined,
}

it('draws every unit with its class, a bar per value, and picks on a click', async () => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      private readonly tell: ResizeObserverCallback
      constructor(tell: ResizeObserverCallback) {
        this.tell = tell
      }
      observe(): void {
        this.tell([{ contentRect: { width: 800, height: 500 } } as ResizeObserverEntry], this as never)
      }
      disconnect(): void {}
    },
  )
  const wrapper = mount(FlatMap, {
    props: { view, layers: [], figureUnit: 'none' },
    global: { plugins: [createPinia()] },
  })
  await nextTick()
  const areas = wrapper.findAll('[data-region-shape]')
  expect(areas.map((area) => area.attributes('fill'))).toEqual([
    cssColour(mapColours.land[2]),
    cssColour(mapColours.ground),
  ])
  expect(wrapper.findAll('.bar')).toHaveLength(1)
  expect(areas[1]!.classes()).toContain('selected')
  await areas[0]!.trigger('click')
  expect(wrapper.emitted('pick')).toEqual([['220102']])
  expect(wrapper.emitted('state')).toBeTruthy()
  vi.unstubAllGlobals()
})
