/**
 * What has come and is not yet taken, where the sender can be made to wait: `put` answers when there is room again. For
 * protocols whose sender repeats what was not acknowledged, so that nothing need be dropped.
 */
export class HeldQueue<T> {
  private readonly items: T[] = []
  private readonly most: number
  private waiting: (() => void)[] = []
  private wake: (() => void) | undefined
  private failure: { cause: unknown } | undefined

  constructor(most: number) {
    this.most = most
  }

  async put(item: T): Promise<void> {
    while (this.items.length >= this.most && !this.failure)
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    if (this.failure) return
    this.items.push(item)
    this.wake?.()
  }

  /** Everything that waits, at least one. Rejects with what `end` was given. */
  async take(): Promise<T[]> {
    while (this.items.length === 0) {
      if (this.failure) throw this.failure.cause
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
    const taken = this.items.splice(0)
    this.release()
    return taken
  }

  /** Nothing more is put; who waits goes on. */
  end(cause: unknown): void {
    this.failure ??= { cause }
    this.wake?.()
    this.release()
  }

  private release(): void {
    const released = this.waiting
    this.waiting = []
    for (const go of released) go()
  }
}
