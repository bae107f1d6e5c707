import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { written } from '../journal/sample-records.ts'
import {
  JournalBrokenError,
  openStorage,
  StoreInUseError,
  StoreUnusableError,
  type Storage,
} from './open-storage.ts'
import { observed } from './sample-observations.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'citydeck-storage-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = (varDir = folder) => openStorage({ varDir, report: () => undefined })
const record = ({ lane, journal }: Storage) =>
  lane.run(async (first) => ({ used: 1, result: await journal.append([written(first)], first) }))
const observe = ({ lane, store }: Storage) =>
  lane.run(async (sequence) => ({
    used: 1,
    result: await store.append({
      sequence,
      observations: [observed({ dims: { n: `${sequence}` } })],
      lineages: [],
    }),
  }))

describe('openStorage', () => {
  it('makes the folder and goes on with the numbers where it stopped', async () => {
    const varDir = join(folder, 'made', 'var')
    for (const start of [0, 3]) {
      const storage = await open(varDir)
      expect(storage.lane.last()).toBe(start)
      await record(storage)
      await observe(storage)
      await record(storage)
      expect(storage.lane.last()).toBe(start + 3)
      await storage.close()
      await storage.close()
    }
  })

  it('refuses a second start on the same folder, naming the process, and leaves the first alone', async () => {
    const storage = await open()
    await expect(open()).rejects.toThrow(StoreInUseError)
    await expect(open()).rejects.toThrow(
      `${folder} is in use by process ${process.pid}: stop it first, or choose another VAR_DIR`,
    )
    await record(storage)
    await storage.close()
    expect(existsSync(join(folder, 'lock'))).toBe(false)
    await (await open()).close()
  })

  it(
    'finds out a second process by the database too, when the lock file was removed',
    { timeout: 60_000 },
    async () => {
      const storage = await open()
      await rm(join(folder, 'lock'))
      const script = `import { openStorage } from './server/store/open-storage.ts'
      await openStorage({ varDir: process.argv[1] }).then(() => console.log('opened'), (error) => console.log(error.name, error.message))`
      const second = spawnSync(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', script, folder],
        { encoding: 'utf8' },
      )
      expect(second.stdout.trim()).toBe(
        `StoreInUseError ${folder} is in use by process ${process.pid}: stop it first, or choose another VAR_DIR`,
      )
      await storage.close()
    },
  )

  it.each([
    ['of a process that is gone', async () => ({ pid: await deadPid(), started: null })],
    [
      'of our own number in an earlier life, as in a container',
      async () => ({ pid: process.pid, started: '1' }),
    ],
    ['whose number another program has now', async () => ({ pid: process.ppid, started: '1' })],
    ['that is unreadable', async () => 'x'],
  ])('takes over a lock %s', async (_, owner) => {
    await writeFile(join(folder, 'lock'), JSON.stringify(await owner()))
    const storage = await open()
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid })
    await storage.close()
  })

  it('says in one sentence that the folder cannot be used', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expect(open(join(file, 'var'))).rejects.toThrow(StoreUnusableError)
    await expect(open(join(file, 'var'))).rejects.toThrow(
      `${join(file, 'var')} cannot be written: a part of its path is not a folder. Choose another VAR_DIR`,
    )
  })

  it('does not start on a database that is none, and lets go of the folder', async () => {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'observations.duckdb'), 'x'.repeat(20_000))
    await expect(open()).rejects.toThrow(StoreUnusableError)
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })

  it('does not start on a broken journal, names the line, and lets go of the database', async () => {
    const storage = await open()
    await record(storage)
    await record(storage)
    await storage.close()
    const path = join(folder, 'journal.jsonl')
    const whole = await readFile(path, 'utf8')
    await writeFile(path, whole.replace('i-1', 'i-X'))
    await expect(open()).rejects.toThrow(JournalBrokenError)
    await expect(open()).rejects.toThrow(`${path} line 1: its hash does not fit its content`)
    await writeFile(path, whole)
    await (await open()).close()
  })
})

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('exit', resolve))
  return child.pid!
}
