import type { CameraView } from '../../src/map/engine/city-camera.ts'
import type { MapEngine } from '../support/map-page/main.ts'

/** In the page. */
declare const engine: MapEngine

/**
 * Pixels between where Cesium and deck.gl project the same points, for each camera: points around the view's centre, as far
 * as 60 km from it. Runs in the page.
 */
export async function registrationErrors(views: CameraView[]): Promise<number[]> {
  const { host, graphics, settled, cesium } = engine
  const errors: number[] = []
  for (const view of views) {
    host.flyTo(view, 0)
    await settled()
    const { scene, overlay } = graphics()
    const { deck } = overlay as unknown as { deck: { getViewports(): { project(at: number[]): number[] }[] } }
    const viewport = deck.getViewports()[0]!
    for (let point = 0; point < 16; point++) {
      const far = 60_000 * (point / 15) ** 2
      const [east, north] = [
        view.target[0] + far * Math.cos(point * 2.4),
        view.target[1] + far * Math.sin(point * 2.4),
      ]
      const { longitude, latitude } = host.frame.unproject([east, north, 0])
      const height = (point % 3) * 100
      const expected = cesium.SceneTransforms.worldToWindowCoordinates(
        scene.scene,
        cesium.Cartesian3.fromDegrees(longitude, latitude, height),
      )
      // Nowhere near the canvas means nothing: behind the eye, or far outside.
      if (!expected || Math.abs(expected.x) > 4000 || Math.abs(expected.y) > 4000) continue
      const [x, y] = viewport.project(host.frame.project(longitude, latitude, height))
      errors.push(Math.hypot(x! - expected.x, y! - expected.y))
    }
  }
  return errors
}

/** Draws 25 dots in both libraries at the same places and compares their middles on the canvases. Runs in the page. */
export async function drawnErrors({
  views,
  reach,
}: {
  views: CameraView[]
  reach: number
}): Promise<number[]> {
  const { host, kit, show, snapshot, centroid, graphics, cesium } = engine
  const errors: number[] = []
  for (const view of views) {
    host.flyTo(view, 0)
    await show(() => [])
    const places = [1, 2, 3, 4, 5].flatMap((column) =>
      [1, 2, 3, 4, 5].flatMap((row) => {
        const ground = host.groundAt((innerWidth * column) / 6, (innerHeight * row) / 6)
        return ground ? [ground] : []
      }),
    )
    const { scene } = graphics().scene
    const points = new cesium.PointPrimitiveCollection()
    for (const at of places) {
      const { x, y, z } = host.frame.toEarth(at)
      points.add({
        position: new cesium.Cartesian3(x, y, z),
        color: cesium.Color.BLUE,
        pixelSize: 9,
      })
    }
    scene.primitives.add(points)
    await show(() => [
      kit.dots({
        id: 'dots',
        positions: new Float32Array(places.flat()),
        colors: new Uint8Array(places.flatMap(() => [255, 0, 0, 255])),
        size: (9 * 1080) / innerHeight,
      }),
    ])
    const [deck, own] = [snapshot('deck'), snapshot('cesium')]
    for (const at of places) {
      const near = host.project(at)!
      const [a, b] = [centroid(deck, 0, near, reach), centroid(own, 2, near, reach)]
      if (a && b) errors.push(Math.hypot(a.x - b.x, a.y - b.y))
    }
    scene.primitives.remove(points)
  }
  return errors
}

/** Turns a degree a frame and compares, in the frame's own turn, where both libraries put one place. Runs in the page. */
export async function turningLags(frames: number): Promise<number[]> {
  const { host, kit, show, centroid, graphics, cesium, told } = engine
  const start = { target: [0, 0, 0] as [number, number, number], range: 20_000, heading: 300, pitch: -40 }
  host.flyTo(start, 0)
  await show(() => [])
  const { scene, overlay } = graphics()
  const place = host.groundAt(innerWidth * 0.6, innerHeight * 0.45)!
  const { x, y, z } = host.frame.toEarth(place)
  const points = new cesium.PointPrimitiveCollection()
  points.add({ position: new cesium.Cartesian3(x, y, z), color: cesium.Color.BLUE, pixelSize: 9 })
  scene.scene.primitives.add(points)
  await show(() => [
    kit.dots({
      id: 'dots',
      positions: new Float32Array(place),
      colors: new Uint8Array([255, 0, 0, 255]),
      size: (9 * 1080) / innerHeight,
    }),
  ])
  const lags: number[] = []
  const paper = new OffscreenCanvas(innerWidth, innerHeight).getContext('2d', { willReadFrequently: true })!
  const read = (canvas: HTMLCanvasElement): ImageData => {
    paper.clearRect(0, 0, innerWidth, innerHeight)
    paper.drawImage(canvas, 0, 0, innerWidth, innerHeight)
    return paper.getImageData(0, 0, innerWidth, innerHeight)
  }
  told.onFrame = () => {
    const near = host.project(place)!
    const [a, b] = [centroid(read(overlay.canvas), 0, near, 40), centroid(read(scene.canvas), 2, near, 40)]
    if (a && b) lags.push(Math.hypot(a.x - b.x, a.y - b.y))
  }
  for (let frame = 1; frame <= frames; frame++) {
    host.flyTo({ ...start, heading: start.heading + frame }, 0)
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
  }
  told.onFrame = () => undefined
  scene.scene.primitives.remove(points)
  return lags
}

/** Milliseconds of each frame of a turn with that many dots. Runs in the page. */
export async function dotFrames({
  lonLats,
  frames,
}: {
  lonLats: number[]
  frames: number
}): Promise<number[]> {
  const { host, kit, show, settled, drawNow } = engine
  const view = { target: [0, 0, 0] as [number, number, number], range: 340_000, heading: 0, pitch: -89 }
  host.flyTo(view, 0)
  const positions = new Float32Array(
    Array.from({ length: lonLats.length / 2 }, (_, at) =>
      host.frame.project(lonLats[at * 2]!, lonLats[at * 2 + 1]!),
    ).flat(),
  )
  const colors = new Uint8Array((positions.length / 3) * 4).fill(255)
  await show(() => [kit.dots({ id: 'dots', positions, colors, size: 4 })])
  const times: number[] = []
  for (let frame = 0; frame < frames; frame++) {
    host.flyTo({ ...view, heading: frame / 2 }, 0)
    await settled()
    times.push(drawNow())
  }
  return times
}

/** Losses of the one context, the other, and both, milliseconds each until the picture is back. Runs in the page. */
export async function lossTimes(losses: number): Promise<number[]> {
  const times: number[] = []
  const parts = ['cesium', 'deck', 'both'] as const
  for (let loss = 0; loss < losses; loss++) times.push(await engine.loseContext(parts[loss % 3]!))
  return times
}
