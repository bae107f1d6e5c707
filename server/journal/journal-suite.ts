import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SequenceTakenError } from '../store/storage-errors.ts'
import type { Journal } from './journal.ts'
import { all, written } from './sample-records.ts'

export interface JournalUnderTest {
  open(): Promise<Journal>
  dispose(): Promise<void>
}

export function describeJournal(
  title: string,
  make: () => Promise<JournalUnderTest>,
  options: { skip?: boolean } = {},
): void {
  describe.skipIf(options.skip ?? false)(`${title}: contract`, () => {
    let made: JournalUnderTest
    let journal: Journal
    beforeEach(async () => {
      made = await make()
      journal = await made.open()
    })
    afterEach(async () => {
      await journal.close()
      await made.dispose()
    })

    it('is empty at first', async () => {
      expect([journal.lastSequence(), await all(journal), await journal.verify()]).toEqual([
        0,
        [],
        { records: 0 },
      ])
      expect(await journal.append([], 1)).toEqual([])
    })

    it('chains records under the numbers of the lane and reads them back, also after a restart', async () => {
      const first = await journal.append([written(1), written(2)], 7)
      const second = await journal.append([written(3)], 20)
      const records = [...first, ...second]
      expect(records.map(({ sequence }) => sequence)).toEqual([7, 8, 20])
      expect(records.map(({ previous }) => previous)).toEqual([
        '0'.repeat(64),
        records[0]!.hash,
        records[1]!.hash,
      ])
      for (const round of ['now', 'restarted']) {
        expect(await all(journal), round).toEqual(records)
        expect(await all(journal, 7), round).toEqual(records.slice(1))
        expect(await all(journal, 20), round).toEqual([])
        expect(journal.lastSequence(), round).toBe(20)
        expect(await journal.verify(), round).toEqual({ records: 3 })
        await journal.close()
        journal = await made.open()
      }
    })

    it('keeps any text in its bytes', async () => {
      const result = '结案\n"quoted" \u2028 😀 \\ </script>'
      await journal.append(
        [written(1, { record: { type: 'incident.closed', payload: { incident: 'i', result } } })],
        1,
      )
      expect((await all(journal))[0]).toMatchObject({ payload: { result } })
      expect(await journal.verify()).toEqual({ records: 1 })
    })

    it('refuses a number that was used, and nothing of that append stands', async () => {
      await journal.append([written(1)], 5)
      await expect(journal.append([written(2), written(3)], 5)).rejects.toThrow(SequenceTakenError)
      await journal.append([written(4)], 6)
      expect((await all(journal)).map(({ stream }) => stream)).toEqual(['incident:1', 'incident:4'])
    })

    it('keeps order and loses nothing when many append at once', async () => {
      const appends = Array.from({ length: 200 }, (_, place) =>
        journal.append([written(2 * place), written(2 * place + 1)], 2 * place + 1),
      )
      const answers = (await Promise.all(appends)).flat()
      expect(answers.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: 400 }, (_, place) => place + 1),
      )
      expect(await all(journal)).toEqual(answers)
      expect(await journal.verify()).toEqual({ records: 400 })
    })

    it('reads far back and near ends alike in a long journal', { timeout: 60_000 }, async () => {
      for (let from = 0; from < 10_000; from += 1000) {
        await journal.append(
          Array.from({ length: 1000 }, (_, place) => written(from + place)),
          from + 1,
        )
      }
      for (const after of [0, 1, 255, 256, 257, 5000, 8191, 8192, 9998]) {
        const records = await all(journal, after)
        expect([records.length, records[0]?.sequence, records.at(-1)?.sequence]).toEqual([
          10_000 - after,
          after + 1,
          10_000,
        ])
      }
      expect(await journal.verify()).toEqual({ records: 10_000 })
    })
  })
}
