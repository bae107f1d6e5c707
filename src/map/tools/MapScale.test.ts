import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { frameBell, mapContextKey } from '../map-surface.ts'
import MapScale from './MapScale.vue'

beforeEach(() => void vi.stubGlobal('innerHeight', 1080))
afterEach(() => void vi.unstubAllGlobals())

/** A map on the equator whose pixels are so many metres wide; undefined where the eye sees no ground. */
function standing(metresPerPixel: number | undefined) {
  const [bell, wide] = [frameBell(), { metresPerPixel }]
  const degrees = 111_320
  const surface = {
    groundAt: (x: number, y: number): EnuMetres | undefined =>
      wide.metresPerPixel === undefined ? undefined : [x * wide.metresPerPixel, -y * wide.metresPerPixel, 0],
    project: ([east, north]: EnuMetres) => ({ x: east, y: -north }),
  }
  const context = {
    surface: shallowRef(surface),
    bell,
    size: shallowRef({ width: 800, height: 600 }),
    covered: shallowRef([]),
    enuOf: ([longitude, latitude]: readonly [number, number]): EnuMetres => [
      longitude * degrees,
      latitude * degrees,
      0,
    ],
    lonLatOf: ([east, north]: EnuMetres): [number, number] => [east / degrees, north / degrees],
  }
  const wrapper = mount(MapScale, {
    global: { plugins: [createPinia()], provide: { [mapContextKey as symbol]: context } },
  })
  return { wrapper, wide, bell }
}

it('measures at once on a map that rests, and again with each frame after a jump', async () => {
  const { wrapper, wide, bell } = standing(600)
  await nextTick()
  expect(wrapper.get('.text').text()).toBe('50 km')
  wide.metresPerPixel = 1
  bell.ring()
  await nextTick()
  expect(wrapper.get('.text').text()).toBe('100 m')
})

it('gives no length where the middle of the view has no ground, and keeps the way north', async () => {
  const { wrapper, wide, bell } = standing(600)
  wide.metresPerPixel = undefined
  bell.ring()
  await nextTick()
  expect(wrapper.find('.text').exists()).toBe(false)
  expect(wrapper.find('.north').exists()).toBe(true)
})
