import type { MapKit, Rgba } from '../../contracts/map-kit.ts'
import { tripHead } from '../engine/kit/trip-head.ts'
import { type ScreenPoint, toScreen } from './flat-camera.ts'
import { type Canvas, type FlatDrawing, type FlatFrame, cssColour, distanceTo } from './flat-drawing.ts'
import { strokePath } from './flat-lines.ts'
import { paintDisc } from './flat-points.ts'

/** A bow leans aside by this share of its length, so that there and back are two. */
const LEAN = 0.16
const STEPS = 24
/** On, off and speed of a running dash in u, and the length of the head. */
const FLOW = { dash: [14, 6], speed: 40, head: 18 } as const
/** Pieces in which a tail fades. */
const FADES = 6

export function flatArcs({ id, items, moving = false }: Parameters<MapKit['arcs']>[0]): FlatDrawing {
  return {
    id,
    moving,
    paint(canvas, frame) {
      for (const item of items) {
        const bow = bowOnScreen(item, frame)
        // A running dash is a phase of the screen's own time, not a statement about the city.
        if (moving) canvas.lineDashOffset = -((performance.now() / 1000) * FLOW.speed * frame.u)
        strokePath(canvas, bow, item.color, item.width * frame.u, moving ? FLOW.dash : [], frame.u)
        canvas.lineDashOffset = 0
        if (moving) paintHead(canvas, bow, item.color, FLOW.head * frame.u)
      }
    },
    hit: (x, y, frame) =>
      items.findLast((item) => item.feature !== undefined && distanceTo(bowOnScreen(item, frame), x, y) <= 6)
        ?.feature,
  }
}

function bowOnScreen(
  { from, to }: Parameters<MapKit['arcs']>[0]['items'][number],
  { camera }: FlatFrame,
): ScreenPoint[] {
  const [a, b] = [toScreen(camera, from), toScreen(camera, to)]
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const share = step / STEPS
    const lean = LEAN * 4 * share * (1 - share)
    return { x: a.x + dx * share + dy * lean, y: a.y + dy * share - dx * lean }
  })
}

function paintHead(canvas: Canvas, path: readonly ScreenPoint[], color: Rgba, length: number): void {
  const [before, tip] = [path.at(-2), path.at(-1)]
  if (!before || !tip) return
  const run = Math.hypot(tip.x - before.x, tip.y - before.y) || 1
  const [dx, dy] = [(tip.x - before.x) / run, (tip.y - before.y) / run]
  const side = length * 0.36
  canvas.beginPath()
  canvas.moveTo(tip.x, tip.y)
  canvas.lineTo(tip.x - dx * length - dy * side, tip.y - dy * length + dx * side)
  canvas.lineTo(tip.x - dx * length + dy * side, tip.y - dy * length - dx * side)
  canvas.closePath()
  canvas.fillStyle = cssColour(color)
  canvas.fill()
}

export function flatTrips({
  id,
  items,
  color,
  width,
  tailMs,
  atMs,
}: Parameters<MapKit['trips']>[0]): FlatDrawing {
  type Trip = (typeof items)[number]
  /** Places on the screen from the head backward, as far as the tail reaches. */
  const stopsOf = ({ path, times }: Trip, { camera }: FlatFrame): (ScreenPoint | undefined)[] =>
    Array.from({ length: FADES + 1 }, (_, step) => {
      const at = tripHead(path, times, atMs - (tailMs * step) / FADES)
      return at && toScreen(camera, at)
    })
  return {
    id,
    hit: (x, y, frame) =>
      items.findLast((trip) => {
        if (trip.feature === undefined) return false
        const seen = stopsOf(trip, frame).filter((stop) => stop !== undefined)
        const [head] = seen
        return head && Math.min(Math.hypot(head.x - x, head.y - y), distanceTo(seen, x, y)) <= 6
      })?.feature,
    paint(canvas, frame) {
      for (const trip of items) {
        const points = stopsOf(trip, frame)
        for (let step = 1; step <= FADES; step++) {
          const [near, far] = [points[step - 1], points[step]]
          if (!near || !far) continue
          const [red, green, blue, alpha] = color
          strokePath(
            canvas,
            [near, far],
            [red, green, blue, alpha * (1 - step / (FADES + 1))],
            width * frame.u,
          )
        }
        const head = points[0]
        if (!head) continue
        canvas.fillStyle = cssColour(color)
        paintDisc(canvas, head.x, head.y, width * frame.u * 1.1)
      }
    },
  }
}
