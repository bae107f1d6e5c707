import { expect, test } from 'vitest'
import { createLane } from '../journal/lane.ts'
import type { NewObservation, ObservationStore } from '../store/store.ts'
import { BatchWriter } from './batch-writer.ts'

interface Appended {
  sequence: number
  observations: NewObservation[]
  cursors?: readonly { key: string; value: string }[]
}

/** A store that takes a turn of the loop for each batch and can be told to fail. */
function slowStore() {
  const batches: Appended[] = []
  let broken = false
  const store = {
    async append(batch: Appended) {
      await new Promise((resolve) => setTimeout(resolve, 2))
      if (broken) throw new Error('no space')
      batches.push(batch)
      return { stored: batch.observations, refused: 0 }
    },
    cursor: async (key: string) => `stored ${key}`,
  } as unknown as ObservationStore
  return { store, batches, break: (now: boolean) => (broken = now) }
}

const observed = (source: string, value: number) => ({ source, value }) as NewObservation
const page = (nth: number) => ({
  observations: [observed(`s${nth % 2}`, nth)],
  lineages: [],
  cursor: { key: `feed${nth}`, value: String(nth) },
})

test('what arrives together is written together, each once, and counted for its source', async () => {
  const { store, batches } = slowStore()
  const writer = new BatchWriter(store, createLane(0))
  await Promise.all(Array.from({ length: 200 }, (_, nth) => writer.write(page(nth))))
  expect(batches.length).toBeLessThanOrEqual(3)
  expect(batches.flatMap(({ observations }) => observations.map(({ value }) => value))).toEqual(
    Array.from({ length: 200 }, (_, nth) => nth),
  )
  expect(writer.storedOf('s0')).toBe(100)
  expect(await writer.cursor('feed7')).toBe('7')
  expect(await writer.cursor('never')).toBe('stored never')
})

test('a failed batch fails its writers only, and its cursors do not move', async () => {
  const slow = slowStore()
  const writer = new BatchWriter(slow.store, createLane(0))
  slow.break(true)
  await expect(writer.write(page(1))).rejects.toThrow('no space')
  slow.break(false)
  await writer.write(page(2))
  expect(await writer.cursor('feed1')).toBe('stored feed1')
  expect(slow.batches).toHaveLength(1)
})

test('an empty write resolves after everything that was handed over before it', async () => {
  const { store, batches } = slowStore()
  const writer = new BatchWriter(store, createLane(0))
  void writer.write(page(1))
  void writer.write(page(2))
  await writer.write({ observations: [], lineages: [] })
  expect(batches.flatMap(({ observations }) => observations)).toHaveLength(2)
})

test('what comes a few turns of the loop apart, as the feeds of one answer do, is one batch', async () => {
  const { store, batches } = slowStore()
  const writer = new BatchWriter(store, createLane(0))
  const written: Promise<void>[] = []
  for (let nth = 0; nth < 20; nth++) {
    written.push(writer.write(page(nth)))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(written)
  expect(batches).toHaveLength(1)
})
