import { watch } from 'vue'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { useMapView } from '../../stores/map-view.ts'
import type { LabelBox } from '../engine/label-overlay.ts'
import { type CanvasPoint, useMapContext } from '../map-surface.ts'
import { isSheet } from './beside.ts'

type Fly = (points: readonly EnuMetres[]) => void

/** Share of the map that what was flown to fills at least while nobody has gone away from it. */
const NEAR = 0.2

/**
 * The same flight, flown once more where a sheet opens over what it led to: else its thing would be open in the card and hidden
 * on the map. Not once the viewer has gone elsewhere or farther off.
 */
export function useHeldSight(fly: Fly): Fly {
  const view = useMapView()
  const { surface, covered, size } = useMapContext()
  let held: { subject: typeof view.subject; points: readonly EnuMetres[] } | undefined

  /** The middle of it on the canvas; undefined where it is out of sight or too small to be what is looked at. */
  function seenAt(points: readonly EnuMetres[]): CanvasPoint | undefined {
    const seen = points.map((point) => surface.value?.project?.(point))
    const whole = seen.flatMap((at) => at ?? [])
    if (whole.length < points.length || whole.length === 0) return undefined
    const [xs, ys] = [whole.map(({ x }) => x), whole.map(({ y }) => y)]
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    const share = Math.max((right - left) / size.value.width, (bottom - top) / size.value.height)
    return share < NEAR ? undefined : { x: (left + right) / 2, y: (top + bottom) / 2 }
  }

  const isIn = ({ left, right, top, bottom }: LabelBox, { x, y }: CanvasPoint): boolean =>
    x >= left && x <= right && y >= top && y <= bottom

  watch(covered, (boxes, before) => {
    const sheets = boxes.filter((box) => isSheet(box, size.value))
    const at = held && held.subject === view.subject && sheets.length > 0 ? seenAt(held.points) : undefined
    if (!at || !sheets.some((box) => isIn(box, at)) || before.some((box) => isIn(box, at))) return
    fly(held!.points)
  })

  return (points) => {
    held = { subject: view.subject, points }
    fly(points)
  }
}
