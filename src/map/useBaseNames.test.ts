import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import type { MapLabel } from '../contracts/map-drawing.ts'
import { useBaseVectors } from '../stores/base-vectors.ts'
import { EnuFrame } from './engine/enu-frame.ts'
import MapLabels from './MapLabels.vue'
import { frameBell, mapContextKey } from './map-surface.ts'

const frame = new EnuFrame(125.32, 43.9)
const lonLat = (east: number, north: number): [number, number] => {
  const { longitude, latitude } = frame.unproject([east, north, 0])
  return [longitude, latitude]
}
const size = { width: 1000, height: 800 }

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})
afterEach(() => vi.useRealTimers())

function mounted() {
  const camera = { metresPerPixel: 5 }
  const wrapper = mount(MapLabels, {
    props: {
      labels: [] as MapLabel[],
      project: ([x, y]) => ({ x: 500 + x / camera.metresPerPixel, y: 400 - y / camera.metresPerPixel }),
      size,
      covered: [],
      columnWidth: 8,
      figureUnit: 'none',
      selected: undefined,
    },
    global: {
      provide: {
        [mapContextKey as symbol]: {
          surface: shallowRef(),
          bell: frameBell(),
          size: shallowRef(size),
          covered: shallowRef([]),
          enuOf: ([longitude, latitude]: [number, number]) => frame.project(longitude, latitude),
          lonLatOf: () => [0, 0],
        },
      },
    },
  })
  const texts = () => wrapper.findAll('.street, .water').map((label) => label.text())
  return { camera, texts, place: () => (wrapper.vm as unknown as { place(): void }).place() }
}

it('writes the names of the ground among the labels of whatever map, and lets them go as the camera leaves', async () => {
  const base = useBaseVectors()
  const { camera, texts, place } = mounted()
  place()
  expect(texts()).toEqual([])
  base.vectors = [
    {
      id: 'road',
      shows: 'road',
      collection: {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            id: '1',
            properties: { name: '甲路', class: 'primary' },
            geometry: { type: 'MultiLineString', coordinates: [[lonLat(-900, 0), lonLat(900, 0)]] },
          },
        ],
      },
    },
  ]
  await nextTick()
  await nextTick()
  expect(texts()).toEqual(['甲路'])
  camera.metresPerPixel = 60
  place()
  await vi.advanceTimersByTimeAsync(300)
  expect(texts()).toEqual([])
})
