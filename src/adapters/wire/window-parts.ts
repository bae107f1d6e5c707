import type { Window } from '../../contracts/indicator-adapter.ts'
import { toInstant } from '../../domain/instant.ts'

/** The window in half-open parts of that length, oldest first; whole where no length is given. */
export function partsOf({ from, to }: Window, lengthMs: number | undefined): Window[] {
  if (lengthMs === undefined) return [{ from, to }]
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  const count = Math.max(1, Math.ceil((toMs - fromMs) / lengthMs))
  return Array.from({ length: count }, (_, index) => ({
    from: toInstant(fromMs + index * lengthMs),
    to: toInstant(Math.min(toMs, fromMs + (index + 1) * lengthMs)),
  }))
}
