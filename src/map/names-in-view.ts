import type { MapLabel } from '../contracts/map-drawing.ts'
import type { EnuMetres } from '../contracts/map-layer.ts'
import type { BaseName } from './base-names.ts'
import type { Projector } from './map-labels.ts'

/** A name with its places in ENU metres. */
export interface PlacedName extends Omit<BaseName, 'places'> {
  places: readonly EnuMetres[]
}

/** Names on one picture, and pixels of a screen of 1080 between two of a kind: a backdrop, never a crowd. */
const MOST: Record<BaseName['kind'], number> = { street: 14, water: 8 }
const APART: Record<BaseName['kind'], number> = { street: 190, water: 230 }
/** Pixels off the edge at which a name may begin to stand. */
const EDGE = 40
/** Metres by which the scale at a place is measured. */
const MEASURE = 100

/**
 * The names that this picture is near enough for, each at the first of its places in sight, the more important first.
 * @param names the more important first @param pixelsPerU of the screen
 */
export function namesInView(
  names: readonly PlacedName[],
  project: Projector,
  { width, height }: { width: number; height: number },
  pixelsPerU: number,
): MapLabel[] {
  const stand: { x: number; y: number; label: MapLabel }[] = []
  const left = { ...MOST }
  for (const { id, text, kind, places, farthest, priority } of names) {
    if (left[kind] === 0) continue
    for (const at of places) {
      const point = farthest > 0 ? project(at) : undefined
      if (!point || point.x < EDGE || point.y < EDGE || point.x > width - EDGE || point.y > height - EDGE)
        continue
      // The scale is that of the place: in a tilted view it is another far off.
      if (metresPerPixel(project, at, point) * pixelsPerU > farthest) continue
      const crowded = stand.some(
        ({ x, y, label }) =>
          label.kind === kind && Math.hypot(x - point.x, y - point.y) < APART[kind] * pixelsPerU,
      )
      if (crowded) continue
      stand.push({ ...point, label: { id: `name/${id}`, at, text, kind, priority } })
      left[kind]--
      break
    }
  }
  return stand.map(({ label }) => label)
}

function metresPerPixel(project: Projector, at: EnuMetres, point: { x: number; y: number }): number {
  const pixels = [
    [MEASURE, 0],
    [0, MEASURE],
  ].map(([east, north]) => {
    const aside = project([at[0] + east!, at[1] + north!, at[2]])
    return aside ? Math.hypot(aside.x - point.x, aside.y - point.y) : 0
  })
  return MEASURE / Math.max(...pixels)
}
