import { expect, it } from 'vitest'
import { EnuFrame } from './enu-frame.ts'
import { enuPositions } from './enu-positions.ts'

const origin = { longitude: 125.32, latitude: 43.9 }

it('converts as the frame does, to the precision of 32 bits', () => {
  const frame = new EnuFrame(origin.longitude, origin.latitude)
  const places = [
    [125.32, 43.9],
    [126.1, 44.4],
    [124.5, 43.1],
  ] as const
  const metres = enuPositions({ origin, lonLats: new Float64Array(places.flat()) })
  expect([...metres]).toEqual(places.flatMap(([lon, lat]) => frame.project(lon, lat).map(Math.fround)))
})

it('knows nothing of nothing', () => {
  expect(enuPositions({ origin, lonLats: new Float64Array() })).toHaveLength(0)
})
