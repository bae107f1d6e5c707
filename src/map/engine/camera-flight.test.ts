import { expect, it } from 'vitest'
import { CameraFlight } from './camera-flight.ts'

const from = { target: [0, 0, 0] as [number, number, number], range: 100_000, heading: 350, pitch: -40 }
const to = { target: [8000, 0, 0] as [number, number, number], range: 4000, heading: 10, pitch: -60 }

it('leaves and arrives where it says, on time and not before', () => {
  const flight = new CameraFlight(from, to, 500, 2000)
  expect(flight.at(400)).toEqual({ view: flight.at(500).view, done: false })
  expect(flight.at(500).view.range).toBeCloseTo(from.range, 6)
  const middle = flight.at(1500)
  expect(middle.done).toBe(false)
  expect(middle.view.heading).toBeCloseTo(0, 6)
  const end = flight.at(2600)
  expect(end.done).toBe(true)
  expect(end.view).toEqual({ ...to, range: expect.closeTo(to.range, 6) })
})
