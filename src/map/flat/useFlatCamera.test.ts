import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FlatPilot } from './useFlatCamera.ts'

let frames: FrameRequestCallback[]
let nowMs = 0
beforeEach(() => {
  frames = []
  nowMs = 0
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback))
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
const paintAt = (ms: number): void => {
  nowMs = ms
  for (const frame of frames.splice(0)) frame(ms)
}

it.each(['to a place', 'home'])('ends a flight %s on the canvas as it is by then', (where) => {
  const canvas = { width: 800, height: 600 }
  const whole = () => ({ ...canvas, east: 0, north: 0, metresPerPixel: 8_000 / canvas.width })
  const pilot = new FlatPilot(whole, () => false)
  pilot.refit(canvas)
  pilot.flyTo([50, 20, 0], 500)
  if (where === 'home') {
    paintAt(5_000)
    pilot.home()
  }
  const began = nowMs
  paintAt(began + 600)
  const before = pilot.camera.value!
  Object.assign(canvas, { width: 1600, height: 900 })
  pilot.refit(canvas)
  expect(pilot.camera.value, 'no leap on the way').toEqual({ ...before, ...canvas })
  paintAt(began + 900)
  expect(pilot.camera.value).toMatchObject(canvas)
  paintAt(began + 9_000)
  expect(pilot.flying).toBe(false)
  const there = where === 'home' ? whole() : { ...canvas, east: 50, north: 20 }
  expect(pilot.camera.value).toMatchObject(there)
})
