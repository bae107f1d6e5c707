import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { silentView } from '../../tests/support/silent-view.ts'
import {
  defineMapLayer,
  type EnuMetres,
  type RegionShape,
  type SituationView,
} from '../contracts/map-layer.ts'
import FlatMap from './FlatMap.vue'
import { frameBell, mapContextKey } from './map-surface.ts'
import MapLabels from './MapLabels.vue'

function shape(code: string, west: number): RegionShape {
  const ring: EnuMetres[] = [
    [west, 0, 0],
    [west + 10, 0, 0],
    [west + 10, 10, 0],
    [west, 10, 0],
    [west, 0, 0],
  ]
  return {
    region: { code, name: { zh: code }, level: 'county' },
    polygons: [[ring]],
    anchor: [west + 5, 5, 0],
  }
}
const view: SituationView = { ...silentView, shapes: [shape('220102', 0), shape('220103', 10)] }
const land = defineMapLayer({
  title: { zh: '地', en: 'Land' },
  build: ({ shapes }, kit) => [
    kit.areas({
      id: 'land',
      items: shapes.map(({ polygons }) => ({ polygons, fill: [1, 2, 3, 255] as const })),
    }),
  ],
})
const shelters = defineMapLayer({
  title: { zh: '避难所', en: 'Shelters' },
  build: ({ shapes }, kit) => [
    kit.areas({
      id: 'shelters',
      items: [{ polygons: shapes[0]!.polygons, fill: [9, 9, 9, 255], feature: 'shelters/1' }],
    }),
  ],
})
const foreign = defineMapLayer({ title: { zh: '外来', en: 'Foreign' }, build: () => [{ id: 'foreign' }] })

const buildingOn = vi.hoisted(() => vi.fn())
vi.mock('./flat/useFlatGround.ts', async () => {
  const { ref } = await import('vue')
  return { useFlatGround: () => ({ ground: ref(), pending: ref(false), buildingOn }) }
})

let filled: string[]
let frames: FrameRequestCallback[]
beforeEach(() => {
  filled = []
  frames = []
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback))
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      private readonly tell: ResizeObserverCallback
      constructor(tell: ResizeObserverCallback) {
        this.tell = tell
      }
      observe(): void {
        this.tell([{ contentRect: { width: 800, height: 600 } } as ResizeObserverEntry], this as never)
      }
      disconnect(): void {}
    },
  )
  const surface = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (target, name: string) =>
        name in target ? target[name] : () => name === 'fill' && filled.push(String(target['fillStyle'])),
      set: (target, name: string, value) => Reflect.set(target, name, value),
    },
  )
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(surface as never)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const context = {
  covered: shallowRef([]),
  bell: frameBell(),
  lonLatOf: ([east, north]: EnuMetres) => [east, north],
}

async function shown(layers: (typeof land)[]) {
  const wrapper = mount(FlatMap, {
    props: { view, layers, figureUnit: 'none' },
    global: { plugins: [createPinia()], provide: { [mapContextKey as symbol]: context } },
  })
  await nextTick()
  for (const callback of frames.splice(0)) callback(0)
  return wrapper
}

/** A click on the ground point, by where the map itself says it is. */
async function clickOn(wrapper: Awaited<ReturnType<typeof shown>>, at: EnuMetres): Promise<void> {
  const { x, y } = (wrapper.vm as unknown as { project(at: EnuMetres): { x: number; y: number } }).project(at)
  const element = wrapper.find('.flat').element as HTMLElement
  element.setPointerCapture = () => undefined
  for (const type of ['pointerdown', 'pointerup']) {
    const event = new MouseEvent(type, { button: 0 })
    Object.defineProperties(event, { offsetX: { value: x }, offsetY: { value: y } })
    element.dispatchEvent(event)
  }
  await nextTick()
}

it('draws every layer of the theme, and picks the unit and the feature under the pointer', async () => {
  const wrapper = await shown([land, shelters])
  expect(filled).toEqual(['rgb(1 2 3 / 1.000)', 'rgb(1 2 3 / 1.000)', 'rgb(9 9 9 / 1.000)'])
  await clickOn(wrapper, [5, 5, 0])
  await clickOn(wrapper, [15, 5, 0])
  expect(wrapper.emitted('pick')).toEqual([
    [{ region: '220102', feature: 'shelters/1' }],
    [{ region: '220103' }],
  ])
  expect(wrapper.emitted('state')).toBeTruthy()
  expect(wrapper.text()).not.toContain('地')
})

it('tells of nothing under the pointer once the ground is another there', async () => {
  const wrapper = await shown([land])
  const map = wrapper.vm as unknown as { onKey(event: KeyboardEvent): void }
  for (const key of ['+', 'ArrowLeft']) map.onKey(new KeyboardEvent('keydown', { key }))
  expect(wrapper.emitted('hover')).toEqual([[{}], [{}]])
})

it('names a layer that only the other map can draw', async () => {
  const wrapper = await shown([land, foreign])
  expect(wrapper.text()).toContain('外来')
})

it('flies to a place, finds the ground again under it, and comes home', async () => {
  const wrapper = await shown([land])
  const map = wrapper.vm as unknown as {
    flyTo(longitude: number, latitude: number, range: number): void
    groundAt(x: number, y: number): EnuMetres
    home(): void
  }
  const before = map.groundAt(400, 300)
  map.flyTo(7, 3, 100)
  expect(map.groundAt(400, 300).map(Math.round)).toEqual([7, 3, 0])
  map.home()
  expect(map.groundAt(400, 300)).toEqual(before)
})

it('builds what moves again as the seconds run, and nothing else', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  const title = { zh: '层', en: 'Layer' }
  const [still, running] = [vi.fn(() => []), vi.fn<(at: SituationView) => []>(() => [])]
  const layers = [
    defineMapLayer({ title, build: still }),
    defineMapLayer({ title, moves: true, build: (at) => running(at) }),
  ]
  const wrapper = await shown(layers)
  const told = (): (number | undefined)[] => running.mock.calls.map(([at]) => at.playMs)
  const [builds, before] = [still.mock.calls.length, told().length]
  const labels = (): unknown => wrapper.findComponent(MapLabels).props('labels')
  const written = labels()
  expect(told().at(-1)).toBeTypeOf('number')
  for (const second of [1, 2]) {
    vi.advanceTimersByTime(1000)
    await nextTick()
    expect(told()).toHaveLength(before + second)
  }
  expect(still).toHaveBeenCalledTimes(builds)
  expect(labels(), 'no label is measured again for it').toBe(written)
  wrapper.unmount()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

it('picks a building of the ground with what is known of it, but nothing that a layer draws over it', async () => {
  const house = { feature: 'houses/7', building: { name: '某楼' } }
  buildingOn.mockReturnValue(house)
  const wrapper = await shown([land, shelters])
  await clickOn(wrapper, [15, 5, 0])
  expect(wrapper.emitted('pick')?.at(-1)).toEqual([{ region: '220103', ...house }])
  expect(buildingOn.mock.calls.at(-1)![0][0]).toBeCloseTo(15, 6)
  await clickOn(wrapper, [5, 5, 0])
  expect(wrapper.emitted('pick')?.at(-1)).toEqual([{ region: '220102', feature: 'shelters/1' }])
})
