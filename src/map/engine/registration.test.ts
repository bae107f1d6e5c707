import { Camera, Cartesian3, Matrix4, PerspectiveFrustum } from '@cesium/engine'
import { expect, it } from 'vitest'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { readPose } from './camera-pose.ts'
import { FOVY, cameraAxes, cameraEye } from './city-camera.ts'
import { EnuFrame } from './enu-frame.ts'
import { EnuViewport } from './enu-viewport.ts'

const [width, height] = [1920, 1080]
const frame = new EnuFrame(125.32, 43.9)

/** A Cesium camera as a scene would hold it, without a canvas. */
function cesiumCamera(view: { target: EnuMetres; range: number; heading: number; pitch: number }): Camera {
  const scene = {
    canvas: { clientWidth: width, clientHeight: height },
    drawingBufferWidth: width,
    drawingBufferHeight: height,
    mapProjection: undefined,
  }
  const camera = Object.create(Camera.prototype) as Camera
  const axes = cameraAxes(view)
  const to = (at: EnuMetres): Cartesian3 => Cartesian3.clone(frame.directionToEarth(at) as Cartesian3)
  const position = frame.toEarth(cameraEye(view))
  const frustum = new PerspectiveFrustum({
    fov: 2 * Math.atan((Math.tan(FOVY / 2) * width) / height),
    aspectRatio: width / height,
    near: 1,
    far: 1e9,
  })
  const { height: altitude } = frame.unproject(cameraEye(view))
  return Object.defineProperties(camera, {
    positionWC: { value: Cartesian3.clone(position as Cartesian3) },
    directionWC: { value: to(axes.direction) },
    upWC: { value: to(axes.up) },
    rightWC: { value: to(axes.right) },
    positionCartographic: { value: { height: altitude } },
    frustum: { value: frustum },
    _scene: { value: scene },
  })
}

/** Where Cesium's own view and projection matrices put a point. */
function cesiumPixel(camera: Camera, longitude: number, latitude: number, up: number): [number, number] {
  const { x: px, y: py, z: pz } = camera.positionWC
  const rows = [camera.rightWC, camera.upWC, Cartesian3.negate(camera.directionWC, new Cartesian3())]
  const view = new Matrix4(
    ...rows.flatMap(({ x, y, z }) => [x, y, z, -(x * px + y * py + z * pz)]),
    0,
    0,
    0,
    1,
  )
  const eye = Matrix4.multiplyByPoint(view, Cartesian3.fromDegrees(longitude, latitude, up), new Cartesian3())
  const projection = (camera.frustum as PerspectiveFrustum).projectionMatrix
  const clip = Matrix4.multiplyByPoint(projection, eye, new Cartesian3())
  return [((clip.x / -eye.z + 1) / 2) * width, ((1 - clip.y / -eye.z) / 2) * height]
}

const views = [0, 40_000].flatMap((south) =>
  [800, 10_000, 80_000, 500_000].flatMap((range) =>
    [
      [348, -40],
      [0, -72],
      [215, -20],
    ].map(([heading, pitch]) => ({
      target: [0, -south, 0] as EnuMetres,
      range,
      heading: heading!,
      pitch: pitch!,
    })),
  ),
)

it('puts a point at the same pixel as Cesium, within half a pixel everywhere in the city', () => {
  let worst = 0
  let compared = 0
  for (const view of views) {
    const camera = cesiumCamera(view)
    const viewport = new EnuViewport({
      width,
      height,
      pose: readPose(camera, frame, width, height),
      pixelsPerU: 1,
      timeMs: 0,
    })
    for (const [longitude, latitude, up] of [
      [125.32, 43.9, 0],
      [125.4, 43.7, 500],
      [126.5, 44.85, 0],
      [124.6, 43.5, 100],
    ] as const) {
      const expected = cesiumPixel(camera, longitude, latitude, up)
      if (Math.abs(expected[0] - width / 2) > width || Math.abs(expected[1] - height / 2) > height) continue
      const [x, y] = viewport.project(frame.project(longitude, latitude, up))
      worst = Math.max(worst, Math.hypot(x! - expected[0], y! - expected[1]))
      compared++
    }
  }
  expect(compared).toBeGreaterThan(20)
  expect(worst).toBeLessThan(0.01)
})
