import type { LineItem, MapKit, Rgba } from '../../contracts/map-kit.ts'
import {
  type Canvas,
  type FlatDrawing,
  type FlatFrame,
  cssColour,
  distanceTo,
  screenPath,
  trace,
} from './flat-drawing.ts'
import type { ScreenPoint } from './flat-camera.ts'

/** Pixels beside a thin line that still count as on it. */
const REACH = 5

/** Lines from above; a tube shows its own breadth where that is more than two u. */
export function flatLines({ id, items }: Parameters<MapKit['lines']>[0]): FlatDrawing {
  return {
    id,
    paint(canvas, frame) {
      for (const item of items) {
        const path = screenPath(item.path, frame)
        if (item.casing) strokePath(canvas, path, item.casing.color, item.casing.width * frame.u)
        strokePath(canvas, path, item.color, widthOf(item, frame), item.dash, frame.u)
        if (item.ticks) paintTicks(canvas, path, item.ticks, frame.u)
      }
    },
    hit(x, y, frame) {
      return items.findLast(
        (item) =>
          item.feature !== undefined &&
          distanceTo(screenPath(item.path, frame), x, y) <= Math.max(REACH, widthOf(item, frame) / 2),
      )?.feature
    },
  }
}

function widthOf({ width, diameter }: LineItem, { u, camera }: FlatFrame): number {
  return diameter === undefined ? width * u : Math.max(2 * u, diameter / camera.metresPerPixel)
}

export function strokePath(
  canvas: Canvas,
  path: readonly ScreenPoint[],
  color: Rgba,
  width: number,
  dash: readonly number[] = [],
  u = 1,
): void {
  trace(canvas, [path], false)
  canvas.strokeStyle = cssColour(color)
  canvas.lineWidth = width
  canvas.lineJoin = 'round'
  canvas.lineCap = dash.length > 0 ? 'butt' : 'round'
  canvas.setLineDash(dash.map((length) => length * u))
  canvas.stroke()
  canvas.setLineDash([])
}

function paintTicks(
  canvas: Canvas,
  path: readonly ScreenPoint[],
  { color, every, length }: NonNullable<LineItem['ticks']>,
  u: number,
): void {
  canvas.beginPath()
  let left = (every * u) / 2
  for (let index = 1; index < path.length; index++) {
    const [from, to] = [path[index - 1]!, path[index]!]
    const run = Math.hypot(to.x - from.x, to.y - from.y)
    const [dx, dy] = [(to.x - from.x) / (run || 1), (to.y - from.y) / (run || 1)]
    for (; left <= run; left += every * u) {
      const [x, y, half] = [from.x + dx * left, from.y + dy * left, (length * u) / 2]
      canvas.moveTo(x - dy * half, y + dx * half)
      canvas.lineTo(x + dy * half, y - dx * half)
    }
    left -= run
  }
  canvas.strokeStyle = cssColour(color)
  canvas.lineWidth = 2 * u
  canvas.stroke()
}
