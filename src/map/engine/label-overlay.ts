import type { MapLabel } from '../../contracts/map-drawing.ts'
/** A label as it would stand, in CSS pixels: the point it belongs to and its own size. */
export interface PlacedLabel {
  id: string
  x: number
  y: number
  width: number
  height: number
  kind: MapLabel['kind']
  priority: number
  /** Pixels between the point and the text, on the side the text stands. */
  gap: number
}

export interface LabelBox {
  left: number
  top: number
  right: number
  bottom: number
}

/** What names the ground, and keeps off the columns that stand on it. */
const NAMES: ReadonlySet<MapLabel['kind']> = new Set(['place', 'water', 'street'])

/**
 * Which labels stand, and where their top left corner goes. Higher priority first; a place name gives way sideways
 * before it drops out, a value never leaves the top of its column, and nothing leaves the canvas.
 * @param covered parts of the canvas that no label may enter
 * @param stems columns: a name keeps off them, what stands on top of one may overlap those behind
 */
export function placeLabels(
  labels: readonly PlacedLabel[],
  canvas: { width: number; height: number },
  covered: readonly LabelBox[] = [],
  stems: readonly LabelBox[] = [],
): Map<string, LabelBox> {
  const placed = new Map<string, LabelBox>()
  const boxes = [...covered]
  // Equal priorities are settled by id, so that labels do not flicker between frames.
  for (const label of labels.toSorted((a, b) => b.priority - a.priority || a.id.localeCompare(b.id))) {
    const keepOff = NAMES.has(label.kind) ? [...boxes, ...stems] : boxes
    const box = sides(label).find(
      (candidate) => fits(candidate, canvas) && !keepOff.some((other) => overlaps(candidate, other)),
    )
    if (!box) continue
    boxes.push(box)
    placed.set(label.id, box)
  }
  return placed
}

function sides(label: PlacedLabel): LabelBox[] {
  const { x, y, width, height, gap } = label
  const at = (left: number, top: number): LabelBox => ({
    left,
    top,
    right: left + width,
    bottom: top + height,
  })
  const above = at(x - width / 2, y - height - gap)
  const below = at(x - width / 2, y + gap)
  if (label.kind === 'incident') return [above]
  // A value may stand off to one side of its column's top, or one line higher where a mark is in the way.
  if (label.kind === 'value') {
    const lines = [y - height - gap, y - height * 2 - gap]
    return lines.flatMap((top) => [
      at(x - width / 2, top),
      at(x - width * 0.9, top),
      at(x - width * 0.1, top),
    ])
  }
  // On the street, on the water: beside it the name would be of something else.
  if (label.kind === 'water' || label.kind === 'street') return [at(x - width / 2, y - height / 2)]
  const beside = gap + height / 2
  // A badge stands over its dot; a force's chip hangs above its place, on its leader.
  if (label.kind === 'facility' || label.kind === 'shelter' || label.kind === 'force')
    return [above, at(x + gap, y - height - gap), at(x - width - gap, y - height - gap), below]
  return [
    below,
    at(x + beside, y - height / 2),
    at(x - beside - width, y - height / 2),
    at(x + gap, y + gap),
    at(x - gap - width, y + gap),
  ]
}

function fits(box: LabelBox, canvas: { width: number; height: number }): boolean {
  return box.left >= 0 && box.top >= 0 && box.right <= canvas.width && box.bottom <= canvas.height
}

function overlaps(a: LabelBox, b: LabelBox): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
