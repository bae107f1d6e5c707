import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFileJournal } from '../../server/journal/file-journal.ts'
import { openJournalFile } from '../../server/journal/journal-file.ts'
import { all, written } from '../../server/journal/sample-records.ts'
import { StoreWriteError } from '../../server/store/storage-errors.ts'
import { failOnce, recordSyncs } from './failing-file.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'citydeck-power-'))
  path = join(folder, 'journal.jsonl')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const quiet = () => undefined

/** Numbers acknowledged that are not in the bytes which a power cut would have left, after every one of some appends. */
async function lostByPowerCut(lies: boolean): Promise<number[]> {
  const disk = recordSyncs(await openJournalFile(path), lies)
  const journal = await openFileJournal({ path, report: quiet, openFile: async () => disk.file })
  const lost: number[] = []
  const after = join(folder, 'after-the-cut.jsonl')
  for (let sequence = 1; sequence <= 10; sequence += 1) {
    await journal.append([written(sequence)], sequence)
    await writeFile(after, disk.durable())
    const reopened = await openFileJournal({ path: after, report: quiet })
    const kept = new Set((await all(reopened)).map((record) => record.sequence))
    await reopened.close()
    for (let claimed = 1; claimed <= sequence; claimed += 1)
      if (!kept.has(claimed) && !lost.includes(claimed)) lost.push(claimed)
  }
  await journal.close()
  return lost
}

describe('power cut', () => {
  it('leaves every acknowledged record on the disk', async () => {
    expect(await lostByPowerCut(false)).toEqual([])
  })

  it('would be noticed if the journal acknowledged without a sync', async () => {
    expect(await lostByPowerCut(true)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it(
    'at any byte of the last write leaves what was acknowledged before it',
    { timeout: 60_000 },
    async () => {
      const journal = await openFileJournal({ path, report: quiet })
      await journal.append([written(1), written(2)], 1)
      const acknowledged = (await readFile(path)).length
      await journal.append([written(3), written(4)], 3)
      await journal.close()
      const whole = await readFile(path)
      for (let cut = acknowledged; cut <= whole.length; cut += 1) {
        const torn = join(folder, `torn-${cut}.jsonl`)
        await writeFile(torn, whole.subarray(0, cut))
        const reopened = await openFileJournal({ path: torn, report: quiet })
        const sequences = (await all(reopened)).map(({ sequence }) => sequence)
        await reopened.close()
        const lineEnds = whole.subarray(acknowledged, cut).filter((byte) => byte === 0x0a).length
        expect(sequences, `cut at ${cut}`).toEqual([1, 2, 3, 4].slice(0, 2 + lineEnds))
      }
    },
  )
})

describe('a write that fails', () => {
  const kinds = [
    ['write', 'ENOSPC'],
    ['write', 'EIO'],
    ['sync', 'EIO'],
  ] as const
  for (const [kind, code] of kinds) {
    for (const k of [1, 2, 3, 4]) {
      it(`with ${code} at ${kind} ${k} is refused whole, and the next one goes on`, async () => {
        const file = failOnce(await openJournalFile(path), kind, k, code)
        const journal = await openFileJournal({ path, report: quiet, openFile: async () => file })
        const acknowledged: number[] = []
        const refused: unknown[] = []
        for (let first = 1; first <= 12; first += 2) {
          await journal.append([written(first), written(first + 1)], first).then(
            () => acknowledged.push(first, first + 1),
            (error: unknown) => refused.push(error),
          )
          expect((await all(journal)).map(({ sequence }) => sequence)).toEqual(acknowledged)
        }
        expect(refused).toHaveLength(1)
        expect(refused[0]).toBeInstanceOf(StoreWriteError)
        expect(refused[0]).toMatchObject({ code })
        await journal.close()
        const reopened = await openFileJournal({
          path,
          report: (sentence) => {
            throw new Error(sentence)
          },
        })
        expect((await all(reopened)).map(({ sequence }) => sequence)).toEqual(acknowledged)
        expect(await reopened.verify()).toEqual({ records: 10 })
        await reopened.close()
      })
    }
  }

  it('and cannot be cut off either is cut off before the next one', async () => {
    const file = failOnce(failOnce(await openJournalFile(path), 'truncate', 1, 'EIO'), 'write', 2, 'ENOSPC')
    const journal = await openFileJournal({ path, report: quiet, openFile: async () => file })
    await journal.append([written(1)], 1)
    await expect(journal.append([written(2), written(3)], 2)).rejects.toMatchObject({ code: 'ENOSPC' })
    await journal.append([written(4)], 2)
    await journal.close()
    const reopened = await openFileJournal({
      path,
      report: (sentence) => {
        throw new Error(sentence)
      },
    })
    expect((await all(reopened)).map(({ stream }) => stream)).toEqual(['incident:1', 'incident:4'])
    await reopened.close()
  })
})
