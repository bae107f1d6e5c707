/** Restores that may fail one after another before the flat map takes over, and the time in which they must. */
const MOST_FAILURES = 5
const WINDOW_MS = 30_000
/** A browser that just lost its card refuses new contexts for a moment. */
const PAUSES_MS = [0, 100, 400, 1000, 2000]

/**
 * How often a lost picture is built again. A loss after a drawn picture is an accident and is always mended; only restores
 * that never come to a picture, several in a short time, mean that the machine cannot draw.
 */
export class Recovery {
  private failures: number[] = []
  private restoring = false

  /** A context was lost or refused at this time: milliseconds to wait before the next try, undefined to give up. */
  lost(nowMs: number): number | undefined {
    if (this.restoring) this.failures = [...this.failures.filter((at) => nowMs - at < WINDOW_MS), nowMs]
    if (this.failures.length >= MOST_FAILURES) return undefined
    this.restoring = true
    return PAUSES_MS[Math.min(this.failures.length, PAUSES_MS.length - 1)]
  }

  /** A picture was drawn. */
  drawn(): void {
    this.restoring = false
    this.failures = []
  }
}
