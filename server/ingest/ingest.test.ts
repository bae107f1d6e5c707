import * as v from 'valibot'
import { afterEach, expect, test, vi } from 'vitest'
import type { Delivery } from '../../src/contracts/delivery.ts'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { IndicatorSchema } from '../../src/domain/indicator.ts'
import { temporaryFolder } from '../../tests/support/gateway-process.ts'
import { toldAdapter, toldReading, toldSource } from '../../tests/support/told-source.ts'
import { quarantined } from '../city/adapter-registry.ts'
import type { City } from '../city/load-city.ts'
import { type Storage, openStorage } from '../store/open-storage.ts'
import { BatchWriter } from './batch-writer.ts'
import { type Ingest, startIngest } from './ingest.ts'

const indicator = v.parse(IndicatorSchema, {
  code: 'NAT.RIVER.LEVEL',
  name: { zh: '河道水位' },
  definition: { zh: '水尺读数' },
  unit: 'm',
  freq: 'N',
  timeBasis: 'instant',
  direction: 'neutral',
  rollup: 'none',
  department: 'water',
  sources: [{ source: 'gauges', mapping: {} }],
})
const city = {
  city: { timeZone: 'Asia/Shanghai' },
  sources: [toldSource()],
  indicators: [indicator],
  regions: [{ code: '220100', name: { zh: '市' }, level: 'city' }],
} as unknown as City

const key = 'gauges|NAT.RIVER.LEVEL|0'
const at = (minute: number): string => `2026-11-22T00:${String(minute).padStart(2, '0')}:00Z`
const said = (minute: number, count = 1): Delivery => ({
  pages: [
    {
      key,
      readings: Array.from({ length: count }, (_, nth) => toldReading(minute + nth, at(minute + nth))),
      refusals: [],
    },
  ],
  cursor: String(minute + count - 1),
})

const open: { ingest?: Ingest; storage?: Storage } = {}
afterEach(async () => {
  await open.ingest?.stop()
  await open.storage?.close()
})

async function started(adapter: IndicatorAdapter, varDir: string) {
  const storage = await openStorage({ varDir, report: () => undefined })
  const ingest = startIngest(city, {
    adapters: new Map([['told', adapter]]),
    writer: new BatchWriter(storage.store, storage.lane),
    log: { say: () => {}, debug: () => {}, warn: () => {} },
    world: {
      root: varDir,
      timeZone: 'Asia/Shanghai',
      now: () => Date.parse(at(30)),
      secret: () => undefined,
    },
    variables: {},
    warnings: { known: () => undefined, command: async () => ({ sequence: 0 }) },
    historyDone: async () => {},
    healthChanged: () => {},
  })
  Object.assign(open, { ingest, storage })
  return { storage, ingest }
}

test('a followed source is gone on with after a restart, from what was durable', async () => {
  const varDir = temporaryFolder()
  const cursors: (string | undefined)[] = []
  let acknowledged = 0
  const adapter = toldAdapter({
    async *follow(_, __, cursor) {
      cursors.push(cursor)
      yield said(Number(cursor ?? 0) + 1, 3)
      acknowledged += 1
      await new Promise(() => {})
    },
  })
  for (const runs of [1, 2]) {
    const { storage, ingest } = await started(adapter, varDir)
    await vi.waitUntil(() => acknowledged === runs, { timeout: 10_000 })
    expect(ingest.health()[0]).toMatchObject({ state: 'ok', followers: 'push', observations: 3 })
    const stored = await storage.store.after(0, 100)
    expect(stored.flatMap(({ observations }) => observations)).toHaveLength(3 * runs)
    await ingest.stop()
    await storage.close()
  }
  expect(cursors).toEqual([undefined, '3'])
})

test('messages that were read alike share one lineage, and how old they were is measured', async () => {
  let acknowledged = false
  const adapter = toldAdapter({
    async *follow() {
      yield said(1, 20)
      acknowledged = true
      await new Promise(() => {})
    },
  })
  const { storage, ingest } = await started(adapter, temporaryFolder())
  await vi.waitUntil(() => acknowledged, { timeout: 10_000 })
  const stored = (await storage.store.after(0, 100)).flatMap(({ observations }) => observations)
  expect(stored).toHaveLength(20)
  expect(new Set(stored.map(({ lineage }) => lineage)).size).toBe(1)
  expect(ingest.health()[0]).toMatchObject({ lagMs: 10 * 60_000, clockSkewMs: 0 })
})

test('a source of a quarantined adapter says so by its name, and is not read', async () => {
  const { ingest } = await started(
    quarantined('adapter told is broken: read is no function'),
    temporaryFolder(),
  )
  await vi.waitUntil(() => ingest.health()[0]?.state !== 'starting', { timeout: 10_000 })
  expect(ingest.health()[0]).toMatchObject({
    state: 'quarantined',
    lastError: 'adapter told is broken: read is no function',
    nextTryAt: null,
  })
})
