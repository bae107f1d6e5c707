import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import type { FeatureHistory } from './feature-history.ts'
import { createHistoryEngine } from './history-engine.ts'
import type { HistoryDatabase } from './history-tables.ts'
import { hashOf } from './statement-body.ts'

export interface HistoryKit {
  /** Each call the same data. */
  open(): Promise<HistoryDatabase>
  dispose(): Promise<unknown>
}

export const placeOf = (id: string, level: number | string = 1): MapFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [125.32, 43.88] },
  properties: { name: id, level },
})

/** Tells the history as the gateway does: first that it was heard, and what only where that is new; answers whether it was. */
export async function tell(
  history: FeatureHistory,
  heardMs: number,
  features: readonly MapFeature[],
  { identity = 'shelters', atMs }: { identity?: string; atMs?: number } = {},
): Promise<boolean> {
  const text = JSON.stringify([features, []])
  const heard = { identity, atMs, heardMs, resultTime: `said-${heardMs}`, hash: hashOf(text) }
  if (await history.hear(heard)) return false
  await history.keep(heard, text)
  return true
}

const standing = { identity: 'shelters', fromAtMs: undefined, atMs: undefined }
const idsAt = async (history: FeatureHistory, asOfMs: number) =>
  (await history.find({ ...standing, asOfMs }))?.features.map(
    ({ id, properties }) => `${id}${String(properties['level'])}`,
  )

/** What every database under the history has to do. */
export function describeHistory(name: string, kitOf: () => Promise<HistoryKit>, skip = false): void {
  describe.skipIf(skip)(`${name}: contract`, () => {
    let kit: HistoryKit
    let history: FeatureHistory
    const reopen = async () => (history = createHistoryEngine(await kit.open()))
    beforeEach(async () => {
      kit = await kitOf()
      await reopen()
    })
    afterEach(async () => {
      await history.close()
      await kit.dispose()
    })

    it('tells what was newest heard by an instant, with when it was first and last heard, and nothing of before', async () => {
      expect(await tell(history, 10, [placeOf('a'), placeOf('b')])).toBe(true)
      expect(await tell(history, 20, [placeOf('a'), placeOf('b')])).toBe(false)
      expect(await tell(history, 30, [placeOf('b', 2), placeOf('a')])).toBe(true)
      expect(await history.find({ ...standing, asOfMs: 9 })).toBeUndefined()
      const known = await history.find({ ...standing, asOfMs: 29 })
      expect(known).toMatchObject({ sinceMs: 10, receivedMs: 20, resultTime: 'said-20', refused: [] })
      expect(await idsAt(history, 29)).toEqual(['a1', 'b1'])
      expect(await idsAt(history, 30)).toEqual(['b2', 'a1'])
      expect(await history.find({ ...standing, identity: 'other', asOfMs: 99 })).toBeUndefined()
    })

    it('tells the same after it was opened again, and goes on from there', async () => {
      for (let n = 0; n < 150; n += 1) await tell(history, n, [placeOf('a', n), placeOf('b')])
      const before = [0, 75, 149].map(async (at) => await history.find({ ...standing, asOfMs: at }))
      const told = await Promise.all(before)
      await history.close()
      await reopen()
      expect(await tell(history, 200, [placeOf('a', 149), placeOf('b')])).toBe(false)
      expect(await tell(history, 201, [placeOf('a', 0), placeOf('b')])).toBe(true)
      for (const [place, at] of [0, 75, 149].entries())
        expect(await history.find({ ...standing, asOfMs: at })).toEqual(told[place])
      expect(await idsAt(history, 201)).toEqual(['a0', 'b1'])
    })

    it('tells an empty statement as one that was heard', async () => {
      await tell(history, 10, [])
      expect(await history.find({ ...standing, asOfMs: 10 })).toMatchObject({ features: [], receivedMs: 10 })
    })

    it('tells of the latest instant asked for that was heard by then', async () => {
      await tell(history, 10, [placeOf('a', 'first')], { atMs: 600 })
      await tell(history, 20, [placeOf('a', 'later')], { atMs: 1_200 })
      await tell(history, 30, [placeOf('a', 'revised')], { atMs: 600 })
      const level = async (atMs: number, fromAtMs: number, asOfMs: number) =>
        (await history.find({ identity: 'shelters', atMs, fromAtMs, asOfMs }))?.features[0]?.properties[
          'level'
        ]
      expect(await level(600, 600, 29)).toBe('first')
      expect(await level(600, 600, 30)).toBe('revised')
      expect(await level(1_200, 1_200, 19)).toBeUndefined()
      expect(await level(1_200, 600, 19)).toBe('first')
      expect(await level(1_800, 600, 99)).toBe('later')
      expect(await history.find({ ...standing, asOfMs: 99 })).toBeUndefined()
    })

    it('forgets what is too old, and keeps what a later instant still needs', async () => {
      await tell(history, 10, [placeOf('gone')], { identity: 'gone' })
      for (const at of [10, 20, 30]) await tell(history, at, [placeOf('a', at), placeOf('b')])
      for (const at of [40, 50]) await tell(history, at, [placeOf('a', 30), placeOf('b')])
      expect((await history.extent()).fromMs).toEqual({ gone: 10, shelters: 10 })
      const { beforeMs, bytes } = await history.bound({ beforeMs: 45, mostBytes: 1e9 })
      expect(beforeMs).toBe(45)
      expect(await history.extent()).toEqual({ fromMs: { shelters: 50 }, bytes })
      expect(await idsAt(history, 44)).toBeUndefined()
      expect(await idsAt(history, 50)).toEqual(['a30', 'b1'])
      await tell(history, 60, [placeOf('a', 60), placeOf('b')])
      expect(await idsAt(history, 60)).toEqual(['a60', 'b1'])
    })

    it('forgets the oldest first where it grows too heavy, and says since when', async () => {
      const noise = (at: number) =>
        Array.from({ length: 40 }, (_, n) => placeOf(`p${n}`, hashOf(`${at} ${n}`)))
      for (let at = 1; at <= 200; at += 1) await tell(history, at, noise(at))
      const { bytes: all } = await history.extent()
      const { beforeMs, bytes } = await history.bound({ beforeMs: 0, mostBytes: all / 2 })
      expect(bytes).toBeLessThanOrEqual(all / 2)
      expect(beforeMs).toBeGreaterThan(50)
      expect(await history.find({ ...standing, asOfMs: beforeMs - 1 })).toBeUndefined()
      expect((await history.find({ ...standing, asOfMs: beforeMs }))?.features).toEqual(noise(beforeMs))
      expect((await history.find({ ...standing, asOfMs: 200 }))?.features).toEqual(noise(200))
    })

    it('says of nothing that it was forgotten where what stands is too heavy by itself', async () => {
      const heavy = Array.from({ length: 200 }, (_, n) => placeOf(`p${n}`, hashOf(String(n))))
      for (const at of [10, 50]) await tell(history, at, heavy)
      const { bytes: all } = await history.bound({ beforeMs: 45, mostBytes: 1e9 })
      expect(await history.bound({ beforeMs: 5, mostBytes: all - 1 })).toEqual({ beforeMs: 5, bytes: all })
      expect((await history.find({ ...standing, asOfMs: 50 }))?.features).toEqual(heavy)
    })

    it('forgets the oldest too where being heard again and again is what weighs', async () => {
      for (let at = 1; at <= 200; at += 1) await tell(history, at, [placeOf('a')])
      const { bytes: all } = await history.extent()
      const { beforeMs, bytes } = await history.bound({ beforeMs: 0, mostBytes: all / 2 })
      expect(bytes).toBeLessThanOrEqual(all / 2)
      expect(beforeMs).toBeGreaterThan(50)
      expect(await history.extent()).toEqual({ fromMs: { shelters: beforeMs }, bytes })
      expect(await idsAt(history, 200)).toEqual(['a1'])
    })
  })
}
