import { expect, it } from 'vitest'
import type { EnuMetres, RegionShape } from '../../contracts/map-layer.ts'
import { FOVY } from '../engine/city-camera.ts'
import {
  betweenFlat,
  dragged,
  fitFlat,
  over,
  toGround,
  toScreen,
  wholeCity,
  zoomedFlat,
} from './flat-camera.ts'

const ring: EnuMetres[] = [
  [-1000, -500, 0],
  [1000, -500, 0],
  [1000, 500, 0],
  [-1000, 500, 0],
  [-1000, -500, 0],
]
const shapes: RegionShape[] = [
  { region: { code: '220102', name: { zh: '甲' }, level: 'county' }, polygons: [[ring]], anchor: [0, 0, 0] },
]
const frame = { width: 500, height: 300, insets: { top: 100, bottom: 0, left: 0, right: 100 } }

it('fits the city into what the frame leaves free', () => {
  const camera = wholeCity(shapes, frame)!
  expect(toScreen(camera, [-1000, 0, 0]).x).toBeCloseTo(0)
  expect(toScreen(camera, [1000, 0, 0]).x).toBeCloseTo(400)
  expect(toScreen(camera, [0, 0, 0]).y).toBeCloseTo(200)
})

it('leaves room for what stands on the northern edge, and none for what fits anyway', () => {
  const wide = { ...frame, insets: { top: 0, bottom: 0, left: 0, right: 0 } }
  const low = wholeCity(shapes, wide, [{ at: [0, 500, 0], lift: 20 }])!
  expect(low.metresPerPixel).toBe(wholeCity(shapes, wide)!.metresPerPixel)
  const high = wholeCity(shapes, wide, [{ at: [0, 500, 0], lift: 200 }])!
  expect(toScreen(high, [0, 500, 0], 200).y).toBeGreaterThanOrEqual(-1)
  expect(toScreen(high, [0, -500, 0]).y).toBeLessThanOrEqual(300.001)
})

it('has no view of nothing, and none without room', () => {
  expect(wholeCity([], frame)).toBeUndefined()
  expect(wholeCity(shapes, { ...frame, height: 90 })).toBeUndefined()
})

it('finds the ground under a point it has drawn, wherever it looks', () => {
  const camera = zoomedFlat(dragged(wholeCity(shapes, frame)!, 37, -12), 0.3, wholeCity(shapes, frame)!)
  const { x, y } = toScreen(camera, [321, -123, 0])
  const [east, north] = toGround(camera, x, y)
  expect(east).toBeCloseTo(321)
  expect(north).toBeCloseTo(-123)
})

it('drags the ground along with the hand', () => {
  const camera = wholeCity(shapes, frame)!
  const before = toScreen(camera, [0, 0, 0])
  const after = toScreen(dragged(camera, 10, 20), [0, 0, 0])
  expect([after.x - before.x, after.y - before.y].map(Math.round)).toEqual([10, 20])
})

it('comes no closer than a house and goes no farther than a little beyond the city', () => {
  const whole = wholeCity(shapes, frame)!
  expect(zoomedFlat(whole, 1e-9, whole).metresPerPixel).toBe(0.25)
  expect(zoomedFlat(whole, 1e9, whole).metresPerPixel).toBeCloseTo(whole.metresPerPixel * 1.6)
})

it('flies from one view to another and arrives exactly', () => {
  const whole = wholeCity(shapes, frame)!
  const there = over(whole, [200, 100, 0], 400)
  expect(toScreen(there, [200, 100, 0])).toEqual({ x: 250, y: 150 })
  const arrived = betweenFlat(whole, there, 1)
  expect(arrived.metresPerPixel).toBeCloseTo(there.metresPerPixel, 9)
  expect([arrived.east, arrived.north]).toEqual([200, 100])
})

it('shows a place as large as the 3D map does from as far', () => {
  const there = over(wholeCity(shapes, frame)!, [0, 0, 0], 4000)
  const seen = there.metresPerPixel * frame.height
  expect(seen).toBeCloseTo(2 * 4000 * Math.tan(FOVY / 2), 6)
})

it('fits a thing beside what covers the map, and comes no closer than a house', () => {
  const box: EnuMetres[] = [
    [100, 100, 0],
    [200, 120, 0],
  ]
  const camera = fitFlat(box, frame)!
  const [from, to] = box.map((at) => toScreen(camera, at)) as [
    { x: number; y: number },
    { x: number; y: number },
  ]
  expect([from.x, to.x]).toEqual([expect.closeTo(0), expect.closeTo(400)])
  expect((from.y + to.y) / 2).toBeCloseTo(200)
  expect(fitFlat([[5, 5, 0]], frame)!.metresPerPixel).toBe(0.25)
  expect(fitFlat([], frame)).toBeUndefined()
})
