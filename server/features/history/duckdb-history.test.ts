import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { StoreUnusableError } from '../../store/storage-errors.ts'
import { openDuckDbHistory } from './duckdb-history.ts'
import { createHistoryEngine } from './history-engine.ts'
import { describeHistory, placeOf, tell } from './history-suite.ts'
import { sql, standingSlot } from './history-tables.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'citydeck-history-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))
const file = () => join(folder, "it's features.duckdb")

describeHistory('history of features in DuckDB', async () => ({
  open: () => openDuckDbHistory(file()),
  dispose: async () => undefined,
}))

it(
  'gives the room of what was forgotten back, so that the file stops growing',
  { timeout: 60_000 },
  async () => {
    const database = await openDuckDbHistory(file())
    const history = createHistoryEngine(database)
    const sizes: number[] = []
    for (let n = 1; n <= 320; n += 1) {
      await database.write(async (run) => {
        await run(sql.insertStatement, [
          n,
          'shelters',
          standingSlot,
          n,
          `${n}`,
          true,
          200_000,
          randomBytes(200_000),
        ])
        await run(sql.insertHeard, ['shelters', standingSlot, n, `${n}`, n])
      })
      if (n % 40 !== 0) continue
      await history.bound({ beforeMs: n, mostBytes: 1e9 })
      sizes.push((await stat(file())).size)
    }
    await history.close()
    // 64 MB went through it, 8 MB of them at a time.
    expect(sizes.at(-1)).toBeLessThan(35_000_000)
    expect(sizes.at(-1)! / sizes[4]!).toBeLessThan(1.2)
  },
)

it('opens with the end of its log cut off, and has what was written before', async () => {
  const history = createHistoryEngine(await openDuckDbHistory(file()))
  for (let at = 1; at <= 20; at += 1) await tell(history, at, [placeOf('a', at)])
  // A second process finds the file and its log as a crash would leave them.
  const crashed = join(folder, 'crashed.duckdb')
  await copyFile(file(), crashed)
  await copyFile(`${file()}.wal`, `${crashed}.wal`)
  await history.close()
  await truncate(`${crashed}.wal`, (await stat(`${crashed}.wal`)).size - 7)
  const opened = createHistoryEngine(await openDuckDbHistory(crashed))
  const asked = { identity: 'shelters', fromAtMs: undefined, atMs: undefined }
  expect((await opened.find({ ...asked, asOfMs: 19 }))?.features[0]?.properties['level']).toBe(19)
  expect(await tell(opened, 30, [placeOf('a', 30)])).toBe(true)
  expect((await opened.find({ ...asked, asOfMs: 30 }))?.features[0]?.properties['level']).toBe(30)
  await opened.close()
})

it('refuses a file that is none of its own with one sentence', async () => {
  await writeFile(file(), 'not a database, and long enough to be read as one '.repeat(200))
  await expect(openDuckDbHistory(file())).rejects.toThrow(StoreUnusableError)
  await expect(openDuckDbHistory(file())).rejects.toThrow(/cannot be opened: [^\n]+$/)
})
