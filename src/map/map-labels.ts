import type { MapLabel } from '../contracts/map-drawing.ts'
import type { LabelBox, PlacedLabel } from './engine/label-overlay.ts'

/** Distance in u between a label and the point it belongs to. */
const GAP: Record<MapLabel['kind'], number> = {
  value: 4,
  place: 12,
  water: 0,
  street: 0,
  incident: 0,
  facility: 4,
  force: 4,
  shelter: 4,
  note: 4,
}

/** Where the label's point is on the screen, in CSS pixels; undefined when it is out of sight. */
export type Projector = (at: MapLabel['at'], lift?: number) => { x: number; y: number } | undefined

/** Labels with their place and measured size, ready for the collision; what is out of sight is left out. */
export function measuredLabels(
  labels: readonly MapLabel[],
  sizes: ReadonlyMap<string, { width: number; height: number }>,
  project: Projector,
  pixelsPerU: number,
): PlacedLabel[] {
  return labels.flatMap((label) => {
    const [point, size] = [project(label.at, label.lift ?? 0), sizes.get(label.id)]
    if (!point || !size) return []
    const { id, kind, priority } = label
    return [{ id, kind, priority, ...point, ...size, gap: GAP[kind] * pixelsPerU }]
  })
}

/** Each column as the screen shows it: no name may lie across a column, and a click on one picks its region. */
export function columnStems(
  labels: readonly MapLabel[],
  project: Projector,
  halfWidth: number,
): (LabelBox & { region: string })[] {
  return labels.flatMap(({ kind, at, lift, observation, feature }) => {
    const [foot, top] = [project(at), project(at, lift)]
    // A station's figure stands on no column.
    if (kind !== 'value' || !observation || feature !== undefined || !foot || !top) return []
    return [
      {
        region: observation.region,
        left: foot.x - halfWidth,
        right: foot.x + halfWidth,
        top: top.y,
        bottom: foot.y,
      },
    ]
  })
}

/** The first label of each id: two layers may both want to name a place. What has no place has no label. */
export function uniqueLabels(labels: readonly MapLabel[]): MapLabel[] {
  const seen = new Set<string>()
  return labels.filter(
    ({ id, at }) => at.every((metres) => Number.isFinite(metres)) && !seen.has(id) && seen.add(id),
  )
}
