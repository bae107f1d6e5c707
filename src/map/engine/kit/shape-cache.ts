/** Shapes remembered at once; a map shows a few dozen. */
const MOST = 200

/**
 * Keeps what was made of a shape while the same shape comes again: layers build everything on every change of the view, and
 * the pointer over a district is one.
 */
export class ShapeCache {
  private readonly made = new Map<string, { from: unknown; result: unknown }>()

  of<R>(id: string, from: unknown, make: () => R): R {
    const known = this.made.get(id)
    this.made.delete(id)
    const kept = known && sameShape(known.from, from) ? known : { from, result: make() }
    this.made.set(id, kept)
    for (const oldest of this.made.keys()) {
      if (this.made.size <= MOST) break
      this.made.delete(oldest)
    }
    return kept.result as R
  }
}

/** Equal in every number, text and list, however deep. */
export function sameShape(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (ArrayBuffer.isView(a) || Array.isArray(a)) {
    const [one, other] = [a as ArrayLike<unknown>, b as ArrayLike<unknown>]
    if (one.length !== other.length) return false
    for (let at = 0; at < one.length; at++) if (!sameShape(one[at], other[at])) return false
    return true
  }
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => sameShape((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  )
}
