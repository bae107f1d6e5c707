import * as v from 'valibot'
import { vi } from 'vitest'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import type { Io } from '../../src/contracts/io.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import type { Reading } from '../../src/domain/reading.ts'
import { type Source, SourceSchema } from '../../src/domain/source.ts'
import type { Feed, RunnerContext, Taking } from '../../server/ingest/runner-context.ts'

export const toldSource = (change: Record<string, unknown> = {}): Source =>
  v.parse(SourceSchema, {
    id: 'gauges',
    name: { zh: '水位站' },
    adapter: 'told',
    department: 'water',
    provenance: 'synthetic',
    settings: {},
    ...change,
  })

export const toldFeed = (code = 'NAT.RIVER.LEVEL', pollMs = 60_000): Feed => ({
  key: `gauges|${code}|0`,
  indicator: { code, freq: 'I' } as unknown as Indicator,
  mapping: { code },
  pollMs,
})

export const toldReading = (value: number, at = '2026-11-22T00:00:00Z'): Reading => ({
  region: '220100',
  dims: {},
  at: { instant: at },
  value,
  unit: 'm',
  lineage: { request: 'gauge', rawSha256: 'a'.repeat(64), steps: [] },
})

/** A protocol of these parts; reads nothing unless told to. */
export const toldAdapter = (parts: Partial<IndicatorAdapter>): IndicatorAdapter => ({
  version: '1.0.0',
  settings: v.unknown(),
  mapping: v.unknown(),
  probe: async () => ({ reachable: true, detail: '', clockSkewMs: null }),
  async *read() {},
  ...parts,
})

export interface ToldContext extends RunnerContext {
  taken: Taking[]
  cursors: Map<string, string>
  warned: string[]
  /** What the next takings end with, instead of being durable. */
  failing: unknown[]
}

/** A gateway that keeps in memory what it was given. */
export function toldContext(): ToldContext {
  const taken: Taking[] = []
  const cursors = new Map<string, string>()
  const warned: string[] = []
  const failing: unknown[] = []
  let dropped = 0
  return {
    taken,
    cursors,
    warned,
    failing,
    now: () => Date.now(),
    random: () => 0.5,
    log: { say: () => {}, debug: () => {}, warn: (sentence: string) => void warned.push(sentence) },
    io: (signal) => ({ signal, now: () => Date.now() }) as unknown as Io,
    cursor: async (key) => cursors.get(key),
    async take(taking) {
      await Promise.resolve()
      if (failing.length > 0) throw failing.shift()
      taken.push(taking)
      if (taking.cursor) cursors.set(taking.cursor.key, taking.cursor.value)
      return 0
    },
    measured: () => ({ clockSkewMs: null, dropped }),
    dropped: (count) => void (dropped += count),
    stored: () => 0,
    historyDone: async () => {},
    changed: () => {},
  }
}

export const valuesOf = (taken: readonly Taking[]): (number | null)[] =>
  taken.flatMap(({ pages }) => pages.flatMap(({ page }) => page.readings.map(({ value }) => value)))

/** Under a clock of the test's: what hangs is waited for a second. */
export async function stopped(runner: { stop(): Promise<void> }): Promise<void> {
  const stopping = runner.stop()
  await vi.advanceTimersByTimeAsync(1_000)
  await stopping
}
