/**
 * When a feed that has just been answered is asked again, in milliseconds like `nowMs`. Feeds of one interval keep one
 * beat however long each of them took, so that one answer and one batch serve them all; `phase` in [0, 1) is the source's
 * own, so that sources do not all ask in the same instant. A beat that is only a tenth of the interval away is left out.
 */
export function nextBeat(nowMs: number, pollMs: number, phase: number): number {
  const first = phase * pollMs
  return first + Math.ceil((nowMs + 0.1 * pollMs - first) / pollMs) * pollMs
}
