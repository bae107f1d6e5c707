import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FeatureHistory } from '../../server/features/history/feature-history.ts'
import { placeOf, tell } from '../../server/features/history/history-suite.ts'
import { openFeatureHistory } from '../../server/features/history/open-feature-history.ts'
import { StoreUnavailableError } from '../../server/store/storage-errors.ts'

const threads: Worker[] = []
vi.mock(import('../../server/features/history/start-history-worker.ts'), async (original) => {
  const { startHistoryWorker } = await original()
  return {
    startHistoryWorker() {
      const thread = startHistoryWorker()
      threads.push(thread)
      return thread
    },
  }
})

let folder: string
let history: FeatureHistory
beforeEach(() => {
  threads.length = 0
  folder = mkdtempSync(join(tmpdir(), 'citydeck-history-'))
  history = openFeatureHistory({ file: join(folder, 'features.duckdb') })
})
afterEach(async () => {
  await history.close()
  rmSync(folder, { recursive: true, force: true })
})

const levelAsOf = async (asOfMs: number) =>
  (await history.find({ identity: 'shelters', fromAtMs: undefined, atMs: undefined, asOfMs }))?.features[0]
    ?.properties['level']

test('a history whose thread dies while it writes starts it anew and has all that was acknowledged', async () => {
  const refusals: unknown[] = []
  for (let at = 10; at <= 50; at += 10) {
    await tell(history, at, [placeOf('a', at)])
    const under = [1, 2, 3].map((n) => tell(history, at + n, [placeOf('a', at + n)]))
    await threads.at(-1)!.terminate()
    for (const outcome of await Promise.allSettled(under))
      if (outcome.status === 'rejected') refusals.push(outcome.reason)
    for (let before = 10; before <= at; before += 10) expect(await levelAsOf(before)).toBe(before)
  }
  expect(threads).toHaveLength(6)
  expect(refusals.length).toBeGreaterThan(0)
  for (const refusal of refusals) expect(refusal).toBeInstanceOf(StoreUnavailableError)
})

test('a gateway that asks nothing of the past starts no thread for it, and closes', async () => {
  await history.close()
  expect(threads).toHaveLength(0)
})
