import type { LabelBox } from './engine/label-overlay.ts'

/** From the nearest point of a label's edge to its dot; undefined where the label stands on it. */
export function leaderOf(
  box: LabelBox,
  dot: { x: number; y: number },
): { x1: number; y1: number; x2: number; y2: number } | undefined {
  const x1 = Math.min(box.right, Math.max(box.left, dot.x))
  const y1 = Math.min(box.bottom, Math.max(box.top, dot.y))
  return x1 === dot.x && y1 === dot.y ? undefined : { x1, y1, x2: dot.x, y2: dot.y }
}
