/** A tile that comes back within this need not be read again. */
const KEEP_MS = 180_000
/** Of tiles out of view: a day on a wall must not fill the memory, whatever is flown over. */
const MOST_BYTES = 96 * 1024 * 1024

interface Kept<T> {
  value: T
  bytes: number
  /** When it was last shown; Infinity while it is. */
  shownMs: number
}

/** What was read of tiles, by address: kept while shown, and for some minutes and megabytes after. */
export class KeptTiles<T> {
  private readonly kept = new Map<string, Kept<T>>()

  get(url: string): T | undefined {
    return this.kept.get(url)?.value
  }

  /** Of a tile just read, which is shown. */
  put(url: string, value: T, bytes: number): void {
    this.kept.set(url, { value, bytes, shownMs: Infinity })
  }

  /** Lets go of all but these that were not shown for a while, oldest first. @returns milliseconds until the next is due; undefined where none waits */
  show(urls: ReadonlySet<string>, nowMs: number): number | undefined {
    for (const [url, one] of this.kept) one.shownMs = urls.has(url) ? Infinity : Math.min(one.shownMs, nowMs)
    const away = [...this.kept].filter(([, { shownMs }]) => shownMs < Infinity)
    let bytes = 0
    let oldest: number | undefined
    for (const [url, one] of away.toSorted(([, a], [, b]) => b.shownMs - a.shownMs)) {
      bytes += one.bytes
      if (bytes > MOST_BYTES || nowMs - one.shownMs >= KEEP_MS) this.kept.delete(url)
      else oldest = one.shownMs
    }
    return oldest === undefined ? undefined : oldest + KEEP_MS - nowMs
  }

  clear(): void {
    this.kept.clear()
  }

  get size(): number {
    return this.kept.size
  }
}
