import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { all } from '../../server/journal/sample-records.ts'
import { openStorage } from '../../server/store/open-storage.ts'

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url))
const kills = 10
const seed = Number(process.env.SEED ?? 20261121)

interface Acknowledged {
  journal: number[]
  store: number[]
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'citydeck-kill-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe(`kill -9 at any moment (seed ${seed})`, () => {
  it(`loses nothing acknowledged in ${kills} kills of one store`, { timeout: 240_000 }, async () => {
    const random = seeded(seed)
    const acknowledged: Acknowledged = { journal: [], store: [] }
    for (let kill = 1; kill <= kills; kill += 1) {
      // Counted in acknowledgements and not in milliseconds, so that a slow machine is killed in the same places.
      const heard = await runAndKill(folder, 1 + Math.floor(random() * 80), random() * 3)
      acknowledged.journal.push(...heard.journal)
      acknowledged.store.push(...heard.store)
      expect(await lostIn(folder, acknowledged), `kill ${kill}`).toEqual({ journal: [], store: [] })
    }
    expect(acknowledged.journal.length).toBeGreaterThan(kills)
    expect(acknowledged.store.length).toBeGreaterThan(kills)
  })

  it('would notice a lost record and a lost batch', { timeout: 60_000 }, async () => {
    const acknowledged = await runAndKill(folder, 20, 0)
    const beyond = Math.max(...acknowledged.journal, ...acknowledged.store) + 1_000_000
    const claimed = { journal: [...acknowledged.journal, beyond], store: [...acknowledged.store, beyond + 1] }
    expect(await lostIn(folder, claimed)).toEqual({ journal: [beyond], store: [beyond + 1] })
  })
})

/** Starts the writer, lets it acknowledge so many numbers, then kills it; answers every number that was acknowledged before it died. */
async function runAndKill(varDir: string, after: number, delayMs: number): Promise<Acknowledged> {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, varDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  let rest = ''
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop()!
    lines.push(...parts)
    if (lines.length > after) setTimeout(() => child.kill('SIGKILL'), delayMs)
  })
  const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)))
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${complaint}`)
  const numbersOf = (kind: string): number[] =>
    lines.filter((line) => line.startsWith(`${kind} `)).map((line) => Number(line.split(' ')[1]))
  return { journal: numbersOf('journal'), store: numbersOf('store') }
}

/** Opens the folder as a next start would and says which acknowledged numbers are missing; the chain and the cursor must fit too. */
async function lostIn(varDir: string, acknowledged: Acknowledged): Promise<Acknowledged> {
  const storage = await openStorage({ varDir, report: () => undefined })
  try {
    const records = await all(storage.journal)
    expect(await storage.journal.verify()).toEqual({ records: records.length })
    const batches = await storage.store.after(0, 1_000_000)
    expect(batches.every(({ observations }) => observations.length === 3)).toBe(true)
    expect(await storage.store.cursor('poll')).toBe(String(batches.at(-1)?.sequence))
    const sequences = [...records, ...batches].map(({ sequence }) => sequence).toSorted((a, b) => a - b)
    expect(new Set(sequences).size).toBe(sequences.length)
    expect(storage.lane.last()).toBe(sequences.at(-1))
    const kept = new Set(sequences)
    return {
      journal: acknowledged.journal.filter((sequence) => !kept.has(sequence)),
      store: acknowledged.store.filter((sequence) => !kept.has(sequence)),
    }
  } finally {
    await storage.close()
  }
}

/** mulberry32: small, and the same on every machine. */
function seeded(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
