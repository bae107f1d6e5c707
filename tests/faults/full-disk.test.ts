import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStorage } from '../../server/store/open-storage.ts'

const filler = fileURLToPath(new URL('./filler.ts', import.meta.url))
/** No file may grow beyond this: what a full disk is to a program, and the same on every machine. */
const limitKiB = 3000
const canLimit = spawnSync('prlimit', ['--version']).status === 0

let folder: string
let child: ChildProcess | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydeck-full-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** A store on a disk that fills up; `more` asks for one batch and answers what became of it. */
async function fillingStore() {
  const started = spawn(
    'bash',
    [
      '-c',
      'ulimit -Sf "$0" && exec "$@"',
      String(limitKiB),
      process.execPath,
      '--import',
      'tsx',
      filler,
      folder,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  child = started
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await lines.next()).value)
  expect(await next()).toBe('ready')
  return {
    async more(): Promise<{ stored?: number; refused?: string }> {
      started.stdin.write('more\n')
      const [, stored, refused] = /^(?:stored (\d+)|refused (.*))$/.exec(await next()) ?? []
      return stored === undefined
        ? { refused: refused ?? 'nothing was answered' }
        : { stored: Number(stored) }
    },
    makeRoom() {
      expect(spawnSync('prlimit', ['--pid', String(started.pid), '--fsize=unlimited']).status).toBe(0)
    },
    async cutOff() {
      const gone = once(started, 'close')
      started.kill('SIGKILL')
      await gone
    },
  }
}

type Filling = Awaited<ReturnType<typeof fillingStore>>

/** Until the store has refused three times; answers what it acknowledged before, and what it said. */
async function fillUp(store: Filling): Promise<{ stored: number[]; refusals: string[] }> {
  const [stored, refusals]: [number[], string[]] = [[], []]
  while (refusals.length < 3 && stored.length < 200) {
    const answer = await store.more()
    if (answer.stored === undefined) refusals.push(answer.refused!)
    else stored.push(answer.stored)
  }
  return { stored, refusals }
}

async function sequencesKept(): Promise<number[]> {
  const storage = await openStorage({ varDir: folder, report: () => undefined })
  try {
    const batches = await storage.store.after(0, 1_000_000)
    expect(batches.every(({ observations }) => observations.length === 500)).toBe(true)
    return batches.map(({ sequence }) => sequence)
  } finally {
    await storage.close()
  }
}

test.skipIf(!canLimit)('a full disk refuses in a sentence, and keeps what was acknowledged', async () => {
  const store = await fillingStore()
  const { stored, refusals } = await fillUp(store)
  expect(stored.length).toBeGreaterThan(3)
  for (const refusal of refusals)
    expect(refusal).toMatch(/^StoreWriteError: the store could not write: .*File too large/)
  await store.cutOff()
  expect(await sequencesKept()).toEqual(stored)
})

test.skipIf(!canLimit)(
  'a store goes on by itself once there is room, and what it then acknowledges stays',
  async () => {
    const store = await fillingStore()
    const before = await fillUp(store)
    store.makeRoom()
    const after = [await store.more(), await store.more(), await store.more()].map(({ stored }) => stored)
    expect(after).toEqual([1, 2, 3].map((n) => before.stored.at(-1)! + n))
    await store.cutOff()
    expect(await sequencesKept()).toEqual([...before.stored, ...after])
  },
)
