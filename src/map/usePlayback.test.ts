import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { type MapLayer, defineMapLayer } from '../contracts/map-layer.ts'
import { useClock } from '../stores/clock.ts'
import { useMapView } from '../stores/map-view.ts'
import { usePlayback } from './usePlayback.ts'

const title = { zh: '层', en: 'Layer' }
const still = defineMapLayer({ title, build: () => [] })
const running = defineMapLayer({ title, moves: true, build: () => [] })

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-08-06T06:32:10Z') })
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function playing(layers: readonly MapLayer[]) {
  const [on, scope] = [shallowRef(layers), effectScope()]
  const playMs = scope.run(() => usePlayback(() => on.value, 1000))!
  return { on, playMs, stop: () => scope.stop() }
}
const at = (clock: string): number => Date.parse(`2026-08-06T${clock}Z`)

it('runs on between the minutes while something moves, and sets no timer while nothing does', async () => {
  const { on, playMs, stop } = playing([still])
  expect([playMs.value, vi.getTimerCount()]).toEqual([undefined, 0])
  on.value = [still, running]
  await nextTick()
  expect(playMs.value).toBe(at('06:32:10'))
  vi.advanceTimersByTime(3000)
  expect(playMs.value).toBe(at('06:32:13'))
  on.value = [still]
  await nextTick()
  expect([playMs.value, vi.getTimerCount()]).toEqual([undefined, 0])
  stop()
})

it('stands where the slider stands, and where the page stands', async () => {
  const { playMs, stop } = playing([running])
  useMapView().standAt(-30)
  await nextTick()
  expect([playMs.value, vi.getTimerCount()]).toEqual([undefined, 0])
  useMapView().standAt(0)
  await nextTick()
  expect(playMs.value).toBeDefined()
  useClock().standAt('2026-08-06T05:00:00Z')
  await nextTick()
  expect([playMs.value, vi.getTimerCount()]).toEqual([undefined, 0])
  stop()
})

it('leaves no timer behind, and moves nothing for whoever asked for that', () => {
  const { stop } = playing([running])
  expect(vi.getTimerCount()).toBe(1)
  stop()
  expect(vi.getTimerCount()).toBe(0)
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  expect(playing([running]).playMs.value).toBeUndefined()
  expect(vi.getTimerCount()).toBe(0)
})
