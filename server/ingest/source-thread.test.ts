import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Io } from '../../src/contracts/io.ts'
import { bundled } from '../../tests/support/bundled.ts'
import { QuarantinedError } from './quarantined-error.ts'
import { SourceThread, tryToLoad } from './source-thread.ts'

const folder = mkdtempSync(join(tmpdir(), 'citydeck-adapters-'))
let file: string
beforeAll(async () => {
  file = pathToFileURL(await bundled('tests/third-party/broken/misbehaves.ts', folder)).href
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const running: SourceThread[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((thread) => thread.stop()))
})

function started(deed: string, died: (reason: string) => void = () => {}, silentMs = 1_000): SourceThread {
  const source = {
    settings: { deed },
    secrets: {},
    root: folder,
    timeZone: 'Asia/Shanghai',
    clockOffsetMs: 0,
  }
  const limits = { silentMs }
  const thread = new SourceThread(
    'misbehaves',
    { adapter: { file }, source },
    { skew: () => {}, died },
    limits,
  )
  running.push(thread)
  return thread
}

async function read(thread: SourceThread, signal = new AbortController().signal): Promise<unknown> {
  const adapter = thread.adapter({ version: '6.6.6', follows: false })
  const window = { from: '2026-08-06T00:00:00Z', to: '2026-08-06T01:00:00Z' }
  try {
    for await (const page of adapter.read({}, {}, window, { signal } as Io)) return page
    return 'nothing'
  } catch (cause) {
    return cause
  }
}

test('an adapter that loops for ever is ended, holds up nobody, and is quarantined by name the third time', async () => {
  const reasons: string[] = []
  const thread = started('loops', (reason) => void reasons.push(reason))
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  for (let death = 1; death <= 3; death += 1)
    expect(String(await read(thread))).toContain("the adapter's thread is gone: it did not answer for 1 s")
  delay.disable()
  expect(reasons).toHaveLength(3)
  // Thrice the loop had a core for a second; ours went on turning all the while.
  expect(delay.percentile(99) / 1e6).toBeLessThan(900)
  const end = await read(thread)
  expect(end).toBeInstanceOf(QuarantinedError)
  expect(String(end)).toContain('adapter misbehaves is quarantined')
  expect(thread.died()).toBe(3)
}, 40_000)

test.each(['eats', 'eats-buffers'])(
  'an adapter that %s memory is ended at its limit',
  async (deed) => {
    const before = process.memoryUsage().heapUsed
    expect(String(await read(started(deed)))).toContain('it took more than 256 MB')
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6)
  },
  40_000,
)

test('an adapter that ends its process ends its thread', async () => {
  expect(String(await read(started('leaves')))).toContain('it ended by itself')
})

test('a flood of pages is asked for one by one', async () => {
  expect(await read(started('floods'))).toEqual({ readings: [], refusals: [] })
})

test('is started anew after a death, by the next question', async () => {
  const thread = started('leaves')
  await read(thread)
  expect(String(await read(thread))).toContain('it ended by itself')
  expect(thread.died()).toBe(2)
})

test('a file that does not load, or never comes to its end, says so', async () => {
  const broken = (name: string) => new URL(`../../tests/third-party/broken/${name}`, import.meta.url).href
  expect(await tryToLoad(file)).toBeUndefined()
  expect(await tryToLoad(broken('throws-on-load.mjs'))).toContain('a licence server is missing')
  expect(await tryToLoad(broken('never-loads.mjs'), { loadMs: 1_500 })).toBe('it did not answer for 1.5 s')
}, 40_000)
