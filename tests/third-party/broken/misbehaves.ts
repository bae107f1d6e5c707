import * as v from 'valibot'
import { defineIndicatorAdapter } from '../../../src/contracts/indicator-adapter.ts'
import type { Page } from '../../../src/contracts/delivery.ts'

type Deed = 'loops' | 'eats' | 'eats-buffers' | 'leaves' | 'hangs' | 'floods'

/** Does to its own thread what bad code does. */
export default defineIndicatorAdapter<{ deed: Deed }, unknown>({
  version: '6.6.6',
  settings: v.strictObject({
    deed: v.picklist(['loops', 'eats', 'eats-buffers', 'leaves', 'hangs', 'floods']),
  }),
  mapping: v.unknown(),
  probe: async () => ({ reachable: true, detail: '', clockSkewMs: null }),
  read: ({ deed }) => deeds[deed](),
})

const kept: unknown[] = []

const deeds: Record<Deed, () => AsyncIterable<Page>> = {
  async *loops() {
    yield* []
    for (;;);
  },
  async *eats() {
    yield* []
    for (;;) {
      kept.push(Array.from({ length: 50_000 }, (_, nth) => ({ nth })))
      await new Promise((resolve) => setImmediate(resolve))
    }
  },
  async *'eats-buffers'() {
    yield* []
    for (;;) {
      kept.push(new Uint8Array(16_000_000).fill(1))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  },
  async *leaves() {
    yield* []
    process.exit(0)
  },
  hangs: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) }),
  async *floods() {
    for (;;) yield { readings: [], refusals: [] }
  },
}
