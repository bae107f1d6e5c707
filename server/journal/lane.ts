import type { Lane } from './journal.ts'

/**
 * The lane of one process. The gateway starts it at `Math.max(await store.lastSequence(), journal.lastSequence())`.
 * After work that failed, `resync` says what is really the last number taken: a write may have reached the disk although its
 * answer was lost.
 */
export function createLane(startAt: number, resync: () => Promise<number> = async () => startAt): Lane {
  const wakes = new Set<() => void>()
  let last = startAt
  let queue: Promise<unknown> = Promise.resolve()
  async function turn<T>(work: (first: number) => Promise<{ used: number; result: T }>): Promise<T> {
    const before = last
    try {
      const { used, result } = await work(last + 1)
      if (!Number.isSafeInteger(used) || used < 0) throw new RangeError(`a lane's work used ${used} numbers`)
      last += used
      return result
    } catch (error) {
      last = Math.max(last, await resync().catch(() => last))
      throw error
    } finally {
      if (last > before) for (const wake of wakes) wake()
    }
  }
  return {
    run(work) {
      const done = queue.then(() => turn(work))
      queue = done.catch(() => undefined)
      return done
    },
    last: () => last,
    onAdvance(wake) {
      wakes.add(wake)
      return () => wakes.delete(wake)
    },
  }
}
