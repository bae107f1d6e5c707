import type { Worker } from 'node:worker_threads'
import { StoreClosedError } from './storage-errors.ts'
import { connectWorker, type Channel } from './worker-channel.ts'

/**
 * Keeps one worker: a call after it died starts it anew, which rolls the file back to its last COMMIT.
 * @param where what the worker opens
 */
export function ownWorker(
  startWorker: () => Worker,
  where: unknown,
): { channel(): Promise<Channel>; close(): Promise<void> } {
  let closed = false
  let stop: (() => Promise<unknown>) | undefined
  let left: Promise<unknown> = Promise.resolve()
  let connected: Promise<Channel> | undefined

  async function start(): Promise<Channel> {
    // A thread that failed still lets go of its file; two that own it at once would tear it.
    await left
    const worker = startWorker()
    left = new Promise((gone) => worker.once('exit', gone))
    const channel = connectWorker(worker, () => {
      connected = undefined
    })
    stop = () => worker.terminate()
    try {
      await channel.call('open', where)
      return channel
    } catch (error) {
      await worker.terminate()
      throw error
    }
  }
  return {
    async channel() {
      if (closed) throw new StoreClosedError('the store is closed')
      connected ??= start()
      try {
        return await connected
      } catch (error) {
        connected = undefined
        throw error
      }
    },
    async close() {
      if (closed) return
      closed = true
      const channel = await connected?.catch(() => undefined)
      await channel?.call('close', undefined)
      await stop?.()
    },
  }
}
