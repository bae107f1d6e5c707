import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStorage, type Storage } from '../../server/store/open-storage.ts'
import { observed } from '../../server/store/sample-observations.ts'
import { StoreUnavailableError } from '../../server/store/storage-errors.ts'

const threads: Worker[] = []
vi.mock(import('../../server/store/start-duckdb-worker.ts'), async (original) => {
  const { startDuckDbWorker } = await original()
  return {
    startDuckDbWorker() {
      const thread = startDuckDbWorker()
      threads.push(thread)
      return thread
    },
  }
})

let folder: string
let storage: Storage
beforeEach(async () => {
  threads.length = 0
  folder = mkdtempSync(join(tmpdir(), 'citydeck-thread-'))
  storage = await openStorage({ varDir: folder, report: () => undefined })
})
afterEach(async () => {
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
})

/** One batch through the lane, as the gateway writes; answers its number once it is acknowledged. */
function write(): Promise<number> {
  return storage.lane.run(async (sequence) => {
    const observations = [observed({ dims: { of: String(sequence) }, value: sequence })]
    await storage.store.append({ sequence, observations, lineages: [] })
    return { used: 1, result: sequence }
  })
}

async function kept(): Promise<number[]> {
  return (await storage.store.after(0, 1_000_000)).map(({ sequence }) => sequence)
}

test('a store whose thread dies while it writes starts it anew and loses nothing acknowledged', async () => {
  const acknowledged: number[] = []
  const refusals: unknown[] = []
  for (let death = 1; death <= 5; death += 1) {
    for (let n = 0; n < death; n += 1) acknowledged.push(await write())
    const under = [write(), write(), write()]
    const dying = threads.at(-1)!.terminate()
    for (const outcome of await Promise.allSettled(under)) {
      if (outcome.status === 'fulfilled') acknowledged.push(outcome.value)
      else refusals.push(outcome.reason)
    }
    await dying
    acknowledged.push(await write())
    expect(threads).toHaveLength(death + 1)
    const found = await kept()
    expect(new Set(found).size).toBe(found.length)
    expect(acknowledged.filter((sequence) => !found.includes(sequence))).toEqual([])
  }
  expect(refusals.length).toBeGreaterThan(0)
  for (const refusal of refusals) expect(refusal).toBeInstanceOf(StoreUnavailableError)
  await storage.close()
  storage = await openStorage({ varDir: folder, report: () => undefined })
  const found = await kept()
  expect(acknowledged.filter((sequence) => !found.includes(sequence))).toEqual([])
})

test('a question under way is refused as unavailable, and the next one is answered', async () => {
  const sequence = await write()
  const asked = storage.store.lastSequence()
  const dying = threads.at(-1)!.terminate()
  await expect(asked).rejects.toBeInstanceOf(StoreUnavailableError)
  await dying
  expect(await storage.store.lastSequence()).toBe(sequence)
})

test('a thread is not started beside one that has not gone', async () => {
  await write()
  const [first] = threads
  let gone = false
  first!.once('exit', () => (gone = true))
  // What a thread says when something in it throws where nobody catches.
  first!.emit('error', new Error('out of memory'))
  const next = storage.store.lastSequence()
  await new Promise((turn) => setImmediate(turn))
  expect([threads.length, gone]).toEqual([1, false])
  await first!.terminate()
  expect(await next).toBe(1)
  expect([threads.length, gone]).toEqual([2, true])
})
