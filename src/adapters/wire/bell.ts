/** Wakes one who waits; what rings while nobody waits is one ring, and is heard. */
export class Bell {
  private ringing = false
  private wake: (() => void) | undefined

  readonly ring = (): void => {
    this.ringing = true
    this.wake?.()
  }

  /** Resolves at the next ring, or without one when the time is up; rejects when the signal fires or the line is lost. */
  async rung(atMostMs: number, signal: AbortSignal, lost: Promise<never>): Promise<void> {
    signal.throwIfAborted()
    let timer: ReturnType<typeof setTimeout> | undefined
    let aborted: (() => void) | undefined
    const rings = new Promise<void>((resolve, reject) => {
      this.wake = resolve
      timer = setTimeout(resolve, atMostMs)
      aborted = () => reject(signal.reason as Error)
      signal.addEventListener('abort', aborted)
      if (this.ringing) resolve()
    })
    try {
      await Promise.race([rings, lost])
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', aborted!)
      this.wake = undefined
      this.ringing = false
    }
  }
}
