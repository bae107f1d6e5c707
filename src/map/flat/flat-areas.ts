import type { AreaItem, MapKit } from '../../contracts/map-kit.ts'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { insideRings } from '../engine/region-pick.ts'
import { toGround } from './flat-camera.ts'
import {
  type Canvas,
  type FlatDrawing,
  type FlatFrame,
  cssColour,
  screenPath,
  trace,
} from './flat-drawing.ts'

/** Distance in u between the strokes of a hatch. */
const HATCH = 8

/** Areas from above: a solid shows its footprint. */
export function flatAreas({ id, items }: Parameters<MapKit['areas']>[0]): FlatDrawing {
  return {
    id,
    lies: items.every(({ height }) => !height),
    paint(canvas, frame) {
      for (const item of items) paintArea(canvas, item, frame)
    },
    hit(x, y, { camera }) {
      const [east, north] = toGround(camera, x, y)
      return items.findLast(
        ({ feature, polygons }) =>
          feature !== undefined && polygons.some((rings) => insideRings(rings, east, north)),
      )?.feature
    },
  }
}

function paintArea(canvas: Canvas, item: AreaItem, frame: FlatFrame): void {
  for (const rings of item.polygons) {
    trace(
      canvas,
      rings.map((ring) => screenPath(ring, frame)),
      true,
    )
    if (item.fill && item.hatch) paintHatch(canvas, item.fill, rings, frame)
    else if (item.fill) {
      canvas.fillStyle = cssColour(item.fill)
      canvas.fill('evenodd')
    }
    if (!item.edge) continue
    canvas.strokeStyle = cssColour(item.edge)
    canvas.lineWidth = (item.edgeWidth ?? 1) * frame.u
    canvas.setLineDash((item.dash ?? []).map((length) => length * frame.u))
    canvas.stroke()
    canvas.setLineDash([])
  }
}

/** Strokes of one u at 45°, where the screen shows the area. They stand still on the ground's own grid of the screen. */
function paintHatch(
  canvas: Canvas,
  fill: NonNullable<AreaItem['fill']>,
  rings: readonly (readonly EnuMetres[])[],
  frame: FlatFrame,
): void {
  const { width, height } = frame.camera
  const points = rings.flatMap((ring) => screenPath(ring, frame))
  const left = Math.max(0, Math.min(...points.map(({ x }) => x)))
  const right = Math.min(width, Math.max(...points.map(({ x }) => x)))
  const top = Math.max(0, Math.min(...points.map(({ y }) => y)))
  const bottom = Math.min(height, Math.max(...points.map(({ y }) => y)))
  if (left >= right || top >= bottom) return
  canvas.save()
  canvas.clip('evenodd')
  canvas.beginPath()
  const step = HATCH * frame.u
  for (let start = Math.floor((left - bottom) / step) * step; start + top < right; start += step) {
    canvas.moveTo(start + top, top)
    canvas.lineTo(start + bottom, bottom)
  }
  canvas.strokeStyle = cssColour([fill[0], fill[1], fill[2], 255])
  canvas.lineWidth = frame.u
  canvas.stroke()
  canvas.restore()
  // Clipping consumed the path; the edge wants it again.
  trace(
    canvas,
    rings.map((ring) => screenPath(ring, frame)),
    true,
  )
}
