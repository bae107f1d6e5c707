/** Lets only so many at a time: the others wait their turn, first come first served. */
export class Turns {
  private free: number
  private readonly waiting: (() => void)[] = []

  constructor(atOnce: number) {
    this.free = atOnce
  }

  /** Resolves with how to give the turn back; rejects when the signal fires first. */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (this.free > 0) this.free -= 1
    else await this.wait(signal)
    let held = true
    return () => {
      if (!held) return
      held = false
      const next = this.waiting.shift()
      if (next) next()
      else this.free += 1
    }
  }

  private wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const called = () => {
        signal.removeEventListener('abort', aborted)
        resolve()
      }
      const aborted = () => {
        this.waiting.splice(this.waiting.indexOf(called), 1)
        reject(signal.reason as Error)
      }
      this.waiting.push(called)
      signal.addEventListener('abort', aborted, { once: true })
    })
  }
}
