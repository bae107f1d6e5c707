import { expect, test } from 'vitest'
import type { FeatureCollection } from '../../src/domain/feature-collection.ts'
import type { Statement } from '../../src/domain/feature-statement.ts'
import type { Log } from '../log.ts'
import { FeatureMemory } from './feature-memory.ts'
import type { FeatureHistory } from './history/feature-history.ts'

const collection = { id: 'shelters', source: 'geo', path: '/c', provenance: 'synthetic' } as FeatureCollection
const statement = { features: [], refused: [], hash: 'h', resultTime: '2026-08-06T06:00:00Z', receivedMs: 1 }
const nowMs = Date.parse('2026-08-06T06:32:00Z')
const wantedMs = nowMs - 86_400_000

/** What is warned of when a statement of 600 bytes was written where 500 may be kept. */
async function warnings(bound: FeatureHistory['bound']): Promise<string[]> {
  const warned: string[] = []
  const over = new AbortController()
  const warn = (sentence: string) => void warned.push(sentence)
  const log = { say: () => undefined, warn } as unknown as Log
  const history = { hear: async () => false, keep: async () => 600, bound } as unknown as FeatureHistory
  const limits = { keep: 'P1D', maxBytes: 500 }
  const memory = new FeatureMemory(limits, { history, log, signal: over.signal, now: () => nowMs })
  await memory.remember(collection, undefined, statement as unknown as Statement)
  over.abort()
  await memory.stop()
  return [...new Set(warned)]
}

test('a history that cannot be tidied has kept what was written', async () => {
  expect(await warnings(() => Promise.reject(new Error('busy')))).toEqual([
    'the history of things with a place was not tidied',
  ])
})

test('nothing is said to be forgotten before its time where nothing was', async () => {
  expect(await warnings(async () => ({ beforeMs: wantedMs, bytes: 400 }))).toEqual([])
  expect(await warnings(async () => ({ beforeMs: wantedMs, bytes: 600 }))).toEqual([
    expect.stringMatching(/heavier than it may be, and none of it can be forgotten$/),
  ])
  expect(await warnings(async () => ({ beforeMs: wantedMs + 1, bytes: 400 }))).toEqual([
    expect.stringMatching(/forgotten before its time$/),
  ])
})
