import type { MapEngine } from '../support/map-page/main.ts'
import { engineTest, openEngine } from './support/engine-page.ts'
import { expect } from './support/sealed.ts'

/** In the page. */
declare const engine: MapEngine

const test = engineTest()

/** How far off its place each library draws the same points, CSS pixels, and how large its canvas is. Runs in the page. */
async function compare() {
  const { host, kit, show, settled, snapshot, centroid, cesium, graphics } = engine
  const places: [number, number, number][] = [
    [0, 0, 40],
    [900, 400, 40],
    [-1000, -500, 40],
  ]
  host.flyTo({ target: [0, 0, 0], range: 12_000, heading: 348, pitch: -40 }, 0)
  await show(() => [
    kit.dots({
      id: 'dots',
      positions: new Float32Array(places.flat()),
      colors: new Uint8Array(places.flatMap(() => [255, 0, 0, 255])),
      size: 9,
    }),
  ])
  const { scene, overlay } = graphics()
  const points = scene.scene.primitives.add(new cesium.PointPrimitiveCollection()) as InstanceType<
    typeof cesium.PointPrimitiveCollection
  >
  for (const at of places) {
    const { x, y, z } = host.frame.toEarth(at)
    points.add({ position: new cesium.Cartesian3(x, y, z), color: cesium.Color.BLUE, pixelSize: 9 })
  }
  await settled()
  const [above, below] = [snapshot('deck'), snapshot('cesium')]
  return {
    widths: [scene.canvas.width, overlay.canvas.width],
    off: places.flatMap((at) => {
      const near = host.project(at)!
      const [red, blue] = [centroid(above, 0, near, 12), centroid(below, 2, near, 12)]
      return [red, blue].map((found) => (found ? Math.hypot(found.x - near.x, found.y - near.y) : Infinity))
    }),
  }
}

for (const [ratio, width, height, drawn] of [
  [2, 1000, 700, 2000],
  [2, 1600, 1000, 2400],
] as const)
  test.describe(`at ${width} × ${height}`, () => {
    test.use({ deviceScaleFactor: ratio, viewport: { width, height } })
    test('a sharp display is drawn in more pixels by both libraries, in the same places', async ({
      page,
      address,
    }) => {
      await openEngine(page, address, '?quality=full')
      const { widths, off } = await page.evaluate(compare)
      expect(widths).toEqual([drawn, drawn])
      expect(Math.max(...off)).toBeLessThanOrEqual(0.5)
    })
  })
