import { Cartesian3, Matrix4, Transforms } from '@cesium/engine'
import { expect, it } from 'vitest'
import { EnuFrame } from './enu-frame.ts'

const frame = new EnuFrame(125.32, 43.9)
const points = [
  [125.32, 43.9, 0],
  [126.9, 45.2, 300],
  [124.1, 43.1, -20],
  [125.33, 43.2, 8000],
] as const

it('projects as Cesium does, to a tenth of a millimetre', () => {
  const toLocal = Matrix4.inverseTransformation(
    Transforms.eastNorthUpToFixedFrame(Cartesian3.fromDegrees(125.32, 43.9)),
    new Matrix4(),
  )
  for (const [longitude, latitude, height] of points) {
    const expected = Matrix4.multiplyByPoint(
      toLocal,
      Cartesian3.fromDegrees(longitude, latitude, height),
      new Cartesian3(),
    )
    const [east, north, up] = frame.project(longitude, latitude, height)
    expect(Math.hypot(east - expected.x, north - expected.y, up - expected.z)).toBeLessThan(1e-4)
  }
})

it('unprojects what it projected', () => {
  for (const [longitude, latitude, height] of points) {
    const back = frame.unproject(frame.project(longitude, latitude, height))
    expect(Math.abs(back.longitude - longitude) + Math.abs(back.latitude - latitude)).toBeLessThan(1e-9)
    expect(back.height).toBeCloseTo(height, 3)
  }
})

it('drops with the curvature of the earth: about 785 m at 100 km', () => {
  expect(frame.project(125.32, 44.8)[2]).toBeCloseTo(-785, -1)
})
