import { expect, test } from 'vitest'
import type { Lane } from '../journal/journal.ts'
import { followLog } from './event-log.ts'

/** A log in memory with the same promises as the real one: numbers become visible in order. */
function memoryLog() {
  const observations: number[] = []
  const records: number[] = []
  const wakes = new Set<() => void>()
  let last = 0
  const lane = {
    last: () => last,
    onAdvance: (wake: () => void) => (wakes.add(wake), () => wakes.delete(wake)),
  } as unknown as Lane
  return {
    parts: {
      lane,
      store: {
        after: async (after: number, limit: number) =>
          observations
            .filter((n) => n > after)
            .slice(0, limit)
            .map((sequence) => ({ sequence, observations: [] })),
      } as never,
      journal: {
        lastSequence: () => records.at(-1) ?? 0,
        async *after(after: number) {
          for (const sequence of records.filter((n) => n > after)) yield { sequence }
        },
      } as never,
    },
    append(kind: 'observation' | 'record') {
      last += 1
      ;(kind === 'record' ? records : observations).push(last)
      for (const wake of wakes) wake()
    },
  }
}

test.each([0, 1, 37, 50])(
  'from cursor %i nothing is missed and nothing comes twice while others append',
  async (cursor) => {
    const log = memoryLog()
    for (let i = 0; i < 50; i++) log.append(i % 3 === 0 ? 'record' : 'observation')
    const seen: number[] = []
    const all = new Promise<void>((resolve) => {
      followLog(
        log.parts,
        cursor,
        (item) => {
          seen.push(item.sequence)
          if (item.sequence === 600) resolve()
        },
        (cause) => {
          throw cause
        },
      )
    })
    for (let i = 0; i < 550; i++) {
      log.append(i % 5 === 0 ? 'record' : 'observation')
      if (i % 7 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await all
    expect(seen).toEqual(Array.from({ length: 600 - cursor }, (_, i) => cursor + 1 + i))
  },
)
