import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { silentView } from '../../tests/support/silent-view.ts'
import type { EnuMetres, RegionShape } from '../contracts/map-layer.ts'
import type { CameraView } from './engine/city-camera.ts'
import MapStage from './MapStage.vue'

const held = vi.hoisted(() => ({ host: undefined as unknown }))
vi.mock('./engine/shared-host.ts', () => ({ sharedMapHost: () => held.host }))
vi.mock('./useBaseMap.ts', () => ({ useBaseMap: () => undefined }))
vi.mock('./engine/deck-kit.ts', () => ({ DeckKit: vi.fn() }))
vi.mock('./engine/clip-sides.ts', () => ({ clipSides: () => [] }))

const ring: EnuMetres[] = [
  [0, 0, 0],
  [90_000, 0, 0],
  [90_000, 60_000, 0],
  [0, 0, 0],
]
const city: RegionShape = {
  region: { code: '220102', name: { zh: '甲区' }, level: 'county' },
  polygons: [[ring]],
  anchor: [60_000, 20_000, 0],
}
const view = { ...silentView, shapes: [city] }
const peace = { heading: 348, pitch: -40 }
const emergency = { heading: 340, pitch: -43 }

let flights: { to: CameraView; seconds: number }[]
beforeEach(() => {
  flights = []
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  held.host = {
    size: { width: 1000, height: 800 },
    cameraView: { target: [0, 0, 0], range: 500_000, heading: 0, pitch: -40 },
    ground: {},
    frame: { project: (longitude: number, latitude: number): EnuMetres => [longitude, latitude, 0] },
    project: () => undefined,
    attach: () => undefined,
    detach: () => undefined,
    setLayers: () => undefined,
    setUnderground: () => undefined,
    pick: () => ({ feature: 'houses/7' }),
    buildingAt: () => ({ id: '7', height: 12 }),
    flyTo(this: { cameraView: CameraView }, to: CameraView, seconds: number) {
      this.cameraView = to
      flights.push({ to, seconds })
    },
  }
})
afterEach(() => void vi.unstubAllGlobals())

function stage(flightSeconds?: number) {
  const wrapper = mount(MapStage, {
    props: {
      view,
      layers: [],
      origin: { longitude: 0, latitude: 0 },
      quality: 'software',
      camera: peace,
      figureUnit: 'none',
      ...(flightSeconds === undefined ? {} : { flightSeconds }),
    },
    global: { plugins: [createPinia()] },
  })
  flights.splice(0)
  return wrapper
}
const key = (wrapper: ReturnType<typeof stage>, name: string): void =>
  (wrapper.vm as unknown as { onKey(event: KeyboardEvent): void }).onKey(
    new KeyboardEvent('keydown', { key: name }),
  )
const flyTo = (wrapper: ReturnType<typeof stage>): void =>
  (wrapper.vm as unknown as { flyTo(east: number, north: number, range: number): void }).flyTo(7, 3, 900)

const otherTheme = { ...view, theme: { id: 'voice', name: { zh: '民情' }, layers: [] } }

it('keeps the place somebody went to when the subject changes, and the whole city where it was whole', async () => {
  const wrapper = stage()
  flyTo(wrapper)
  flights.splice(0)
  await wrapper.setProps({ view: otherTheme })
  expect(flights).toEqual([])

  key(wrapper, 'Home')
  const [home] = flights.splice(0)
  await wrapper.setProps({ view })
  expect(flights).toHaveLength(1)
  expect(flights[0]!.to).toEqual(home!.to)
  expect(flights[0]!.seconds, 'in one arc, not at once').toBeGreaterThan(0)
})

it('keeps a place that was dragged to when units come and go', async () => {
  const wrapper = stage()
  key(wrapper, 'ArrowLeft')
  flights.splice(0)
  const renamed = { ...city, region: { ...city.region, code: '220103' } }
  await wrapper.setProps({ view: { ...view, shapes: [city, renamed] } })
  expect(flights).toEqual([])
})

it('flies to the side an emergency is seen from and back, within two seconds', async () => {
  const wrapper = stage()
  for (const camera of [emergency, peace]) {
    await wrapper.setProps({ camera })
    const [flight, ...more] = flights.splice(0)
    expect(more).toEqual([])
    expect(flight!.to).toMatchObject(camera)
    expect(flight!.seconds).toBeGreaterThanOrEqual(0.6)
    expect(flight!.seconds).toBeLessThanOrEqual(2)
  }
  await wrapper.setProps({ camera: { ...peace } })
  expect(flights, 'the same angles anew are no other camera').toEqual([])
})

it('turns about the district that is looked at, and a show before guests goes back to the whole city', async () => {
  const wrapper = stage()
  flyTo(wrapper)
  await wrapper.setProps({ camera: emergency })
  expect(flights.at(-1)!.to).toEqual({ target: [7, 3, 0], range: 900, ...emergency })

  const kiosk = stage(4)
  flyTo(kiosk)
  await kiosk.setProps({ camera: emergency })
  await nextTick()
  expect(flights.at(-1)!.to).toMatchObject(emergency)
  expect(flights.at(-1)!.to.range).toBeGreaterThan(100_000)
  expect(flights.at(-1)!.seconds).toBe(4)
})

/** A pointer at a point of the canvas: rests there, or presses and lets go. */
async function pointer(wrapper: ReturnType<typeof stage>, ...types: string[]): Promise<void> {
  const element = wrapper.find('.stage').element as HTMLElement
  element.setPointerCapture = () => undefined
  for (const type of types) {
    const event = new MouseEvent(type, { button: 0 })
    Object.defineProperties(event, { offsetX: { value: 30 }, offsetY: { value: 40 } })
    element.dispatchEvent(event)
  }
  await nextTick()
}

it('tells what lies under the pointer and where that is, and asks the tiles of a building only on a click', async () => {
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => (callback(0), 1))
  const wrapper = stage()
  await pointer(wrapper, 'pointermove')
  expect(wrapper.emitted('hover')!.at(-1)).toEqual([{ feature: 'houses/7' }, { x: 30, y: 40 }])
  await pointer(wrapper, 'pointerdown', 'pointerup')
  expect(wrapper.emitted('pick')).toEqual([[{ feature: 'houses/7', building: { id: '7', height: 12 } }]])
  key(wrapper, 'ArrowLeft')
  expect(wrapper.emitted('hover')!.at(-1), 'a moved map lets go of it').toEqual([{}])
})
