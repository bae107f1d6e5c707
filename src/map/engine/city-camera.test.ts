import { describe, expect, it } from 'vitest'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { type CameraPose, projectToScreen } from './camera-pose.ts'
import {
  type CameraView,
  FOVY,
  betweenViews,
  cameraAxes,
  cameraEye,
  fitCamera,
  fitStanding,
  flightSeconds,
  panned,
  turned,
  zoomed,
} from './city-camera.ts'

const city: EnuMetres[] = [
  [-90e3, -60e3, -900],
  [110e3, 80e3, -1400],
  [20e3, 100e3, -800],
  [0, -70e3, -400],
  [0, 0, 9000],
]
const frame = { width: 808, height: 620, insets: { top: 80, right: 20, bottom: 60, left: 30 } }

function sidesOf({ width, height }: { width: number; height: number }): CameraPose['sides'] {
  const half = Math.tan(FOVY / 2)
  const wide = (half * width) / height
  return { left: -wide, right: wide, bottom: -half, top: half }
}

function poseOf(view: CameraView): CameraPose {
  return {
    ...cameraAxes(view),
    eye: cameraEye(view),
    sides: sidesOf(frame),
    width: frame.width,
    height: frame.height,
    focal: view.range,
    near: 1,
    far: 1e7,
  }
}

describe('fitCamera', () => {
  it.each([
    [348, -40],
    [354, -72],
    [12, -89.9],
  ])('shows everything inside the insets at heading %d and pitch %d, and fills them', (heading, pitch) => {
    const pose = poseOf(fitCamera(city, { heading, pitch }, frame))
    const dots = city.map((point) => projectToScreen(pose, point)!)
    const box = {
      left: Math.min(...dots.map(({ x }) => x)),
      right: Math.max(...dots.map(({ x }) => x)),
      top: Math.min(...dots.map(({ y }) => y)),
      bottom: Math.max(...dots.map(({ y }) => y)),
    }
    expect(box.left).toBeGreaterThan(29.99)
    expect(box.right).toBeLessThan(788.01)
    expect(box.top).toBeGreaterThan(79.99)
    expect(box.bottom).toBeLessThan(560.01)
    const touches = [box.left - 30 + (788 - box.right), box.top - 80 + (560 - box.bottom)]
    expect(Math.min(...touches.map(Math.abs))).toBeLessThan(0.01)
  })
})

it('fits a province: more points than a call may have arguments', () => {
  const angles = { heading: 348, pitch: -40 }
  const many = Array.from({ length: 200_000 }, (_, nth) => city[nth % city.length]!)
  expect(fitCamera(many, angles, frame)).toEqual(fitCamera(city, angles, frame))
})

describe('fitStanding', () => {
  it('leaves room above the feet, in pixels', () => {
    const view = fitStanding(
      city.slice(0, 4),
      [{ at: [20e3, 100e3, -800], lift: 90 }],
      { heading: 0, pitch: -40 },
      frame,
    )
    const pose = poseOf(view)
    const metres =
      ((2 * Math.tan(FOVY / 2) * view.range) / frame.height / Math.cos((40 * Math.PI) / 180)) * 90
    const top = projectToScreen(pose, [20e3, 100e3, -800 + metres])!
    expect(top.y).toBeGreaterThan(79.9)
  })
})

describe('moving by hand', () => {
  const view: CameraView = { target: [0, 0, 0], range: 400e3, heading: 30, pitch: -40 }

  it('keeps the ground under the pointer while it is dragged', () => {
    const moved = poseOf(panned(view, 40, 25, frame))
    const dot = projectToScreen(moved, [0, 0, 0])!
    expect(dot.x - frame.width / 2).toBeCloseTo(40, -0.5)
    expect(Math.abs(dot.y - frame.height / 2 - 25)).toBeLessThan(2)
  })

  it('stays between the city and a crossing', () => {
    expect(zoomed(view, 100, view).range).toBe(500e3)
    expect(zoomed(view, 1e-9, view).range).toBe(400)
  })
})

describe('betweenViews', () => {
  const from: CameraView = { target: [0, 0, 0], range: 1000, heading: 350, pitch: -40 }
  const to: CameraView = { target: [100, 0, 0], range: 4000, heading: 10, pitch: -60 }

  it('starts and ends where it should, and turns the short way', () => {
    expect(betweenViews(from, to, 0)).toEqual(from)
    expect(betweenViews(from, to, 1)).toEqual(to)
    expect(betweenViews(from, to, 0.5)).toEqual({ target: [50, 0, 0], range: 2000, heading: 0, pitch: -50 })
  })
})

describe('flying', () => {
  const near: CameraView = { target: [0, 0, 0], range: 4000, heading: 350, pitch: -40 }
  const far: CameraView = { target: [60e3, 0, 0], range: 4000, heading: 10, pitch: -40 }

  it('rises over a long way, ends where it was sent and turns the short way round', () => {
    expect(betweenViews(near, far, 0)).toEqual(near)
    expect(betweenViews(near, far, 1).range).toBeCloseTo(far.range)
    expect(betweenViews(near, far, 0.5).range).toBeGreaterThan(60e3)
    expect(betweenViews(near, far, 0.5).heading).toBeCloseTo(0)
  })

  it('takes longer the more the picture changes, and never more than one movement', () => {
    const step = flightSeconds(near, { ...near, target: [200, 0, 0] })
    expect(step).toBeGreaterThanOrEqual(1.6)
    expect(flightSeconds(near, far)).toBeGreaterThan(step)
    expect(flightSeconds(near, far)).toBeLessThanOrEqual(2.4)
  })

  it('turns all the way round and never tilts to the horizon or over', () => {
    expect(turned(near, 20, 0).heading).toBe(10)
    expect(turned(near, 0, 90).pitch).toBe(-8)
    expect(turned(near, 0, -90).pitch).toBe(-89.5)
  })
})

it('goes below the ground and looks up only underground, never deeper than the plate lies', () => {
  const view: CameraView = { target: [0, 0, 0], range: 500, heading: 0, pitch: -20 }
  const home: CameraView = { ...view, range: 100_000 }
  expect(turned(view, 0, 60).pitch).toBe(-8)
  const below = turned(view, 0, 60, true)
  expect(below.pitch).toBeGreaterThan(20)
  expect(cameraEye(below)[2]).toBeLessThan(-100)
  for (const range of [500, 5000, 100_000]) {
    const deep = turned({ ...view, range }, 0, 60, true)
    expect(cameraEye(deep)[2]).toBeGreaterThanOrEqual(-300.001)
    expect(cameraEye(zoomed(deep, 50, home, true))[2]).toBeGreaterThanOrEqual(-300.001)
  }
  expect(zoomed(view, 0.01, home).range).toBe(400)
  expect(zoomed(view, 0.01, home, true).range).toBe(60)
  expect(turned(below, 0, 0).pitch).toBe(-8)
})

it('drags a ceiling as it drags a floor: what is under the pointer follows it', () => {
  const floor = panned({ target: [0, 0, 0], range: 500, heading: 0, pitch: -30 }, 0, 10, { height: 1000 })
  const ceiling = panned({ target: [0, 0, 0], range: 500, heading: 0, pitch: 30 }, 0, 10, { height: 1000 })
  expect(floor.target[1]).toBeGreaterThan(0)
  expect(ceiling.target[1]).toBeCloseTo(-floor.target[1], 6)
})
