import '@cesium/engine/Source/Widget/CesiumWidget.css'
import { Cartesian3, CesiumWidget, Color, PointPrimitiveCollection } from '@cesium/engine'

/** A Cesium page as its tutorial makes one, without globe and imagery, drawing the same points: the bench's reference. */
Object.assign(globalThis, { CESIUM_BASE_URL: new URL('cesium/', document.baseURI).href })
const widget = new CesiumWidget('map', {
  baseLayer: false,
  globe: false,
  skyBox: false,
  skyAtmosphere: false,
})
let firstFrameMs: number | undefined
widget.scene.postRender.addEventListener(() => (firstFrameMs ??= performance.now()))

let points: PointPrimitiveCollection | undefined

/** Three metres a point; ENU turned into the earth's frame by the caller's origin. */
function show(longitude: number, latitude: number, lonLats: readonly number[]): void {
  if (points) widget.scene.primitives.remove(points)
  points = widget.scene.primitives.add(new PointPrimitiveCollection()) as PointPrimitiveCollection
  for (let at = 0; at < lonLats.length; at += 2)
    points.add({
      position: Cartesian3.fromDegrees(lonLats[at]!, lonLats[at + 1]!),
      color: Color.CYAN,
      pixelSize: 4,
    })
  widget.camera.setView({ destination: Cartesian3.fromDegrees(longitude, latitude, 60_000) })
}

/** Draws turned by that many degrees and waits for the card; milliseconds. */
function turn(degrees: number): number {
  // Its own loop would draw between the pictures that are timed.
  widget.useDefaultRenderLoop = false
  const start = performance.now()
  widget.camera.setView({ orientation: { heading: (degrees * Math.PI) / 180, pitch: -Math.PI / 2, roll: 0 } })
  widget.render()
  const gl = widget.canvas.getContext('webgl2')!
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
  return performance.now() - start
}

const plain = { show, turn, firstFrame: () => firstFrameMs }
export type PlainPage = typeof plain
Object.assign(globalThis, { plain })
