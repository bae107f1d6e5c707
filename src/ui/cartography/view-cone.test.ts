import { expect, it } from 'vitest'
import { viewCone } from './view-cone.ts'

it('opens half to either side of its heading, as far as it sees', () => {
  const ring = viewCone([100, 200, 5], 90, 60, 50)
  expect(ring[0]).toEqual([100, 200, 5])
  expect(ring.at(-1)).toEqual([100, 200, 5])
  const bearings = ring.slice(1, -1).map(([east, north]) => Math.atan2(east - 100, north - 200))
  expect((bearings[0]! * 180) / Math.PI).toBeCloseTo(60)
  expect((bearings.at(-1)! * 180) / Math.PI).toBeCloseTo(120)
  for (const [east, north] of ring.slice(1, -1)) expect(Math.hypot(east - 100, north - 200)).toBeCloseTo(50)
})

it('is a whole circle without an apex for a full turn', () => {
  const ring = viewCone([0, 0, 0], 17, 360, 10)
  expect(ring[0]).toBe(ring.at(-1))
  expect(ring.some(([east, north]) => Math.hypot(east, north) < 9)).toBe(false)
})
