import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JournalBrokenError, StoreClosedError } from '../store/storage-errors.ts'
import { openFileJournal } from './file-journal.ts'
import { openJournalFile, type JournalFile } from './journal-file.ts'
import { describeJournal } from './journal-suite.ts'
import { all, written } from './sample-records.ts'

describeJournal('journal in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'citydeck-journal-'))
  return {
    open: () => openFileJournal({ path: join(folder, 'journal.jsonl'), report: unexpected }),
    dispose: () => rm(folder, { recursive: true }),
  }
})

describe('journal in a file, its end and its middle', () => {
  let folder: string
  let path: string
  const reports: string[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'citydeck-journal-'))
    path = join(folder, 'journal.jsonl')
    reports.length = 0
    const journal = await openFileJournal({ path, report: unexpected })
    await journal.append([written(1), written(2), written(3)], 1)
    await journal.close()
  })
  afterEach(() => rm(folder, { recursive: true }))
  const open = () =>
    openFileJournal({ path, report: (sentence) => reports.push(sentence), now: () => Date.UTC(2026, 7, 6) })

  it('is lines of canonical JSON', async () => {
    const lines = (await readFile(path, 'utf8')).split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(
      /^\{"actor":"operator","at":"2026-08-06T06:32:00Z","command":"command-1","hash":"[0-9a-f]{64}","payload":\{"incident":"i-1"\},"previous":"0{64}","sequence":1,"stream":"incident:1","type":"incident.accepted"\}$/,
    )
  })

  it.each([
    ['half a line', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40), 2],
    ['a line without its end', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1), 2],
    ['zeros after the last line', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(4096)]), 3],
    [
      'rubbish lines after the last one',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('{"a":1}\nx\n\n')]),
      3,
    ],
    ['a flipped bit in the last line', (bytes: Buffer) => flipped(bytes, bytes.length - 100), 2],
  ])('cuts off %s, keeps a copy and says so', async (_, damage, kept) => {
    const whole = await readFile(path)
    const damaged = Buffer.from(damage(whole))
    await writeFile(path, damaged)
    const journal = await open()
    expect((await all(journal)).map(({ sequence }) => sequence)).toEqual([1, 2, 3].slice(0, kept))
    expect(reports).toHaveLength(1)
    expect(reports[0]).toContain(`line ${kept + 1}`)
    expect(await readFile(join(folder, 'journal.jsonl.torn-2026-08-06T00-00-00.000Z'))).toEqual(damaged)
    await journal.append([written(9)], 10)
    await journal.close()
    const again = await open()
    expect((await all(again)).at(-1)?.sequence).toBe(10)
    await again.close()
    expect(reports).toHaveLength(1)
  })

  it.each([
    ['a flipped bit', (text: string) => text.replace('i-2', 'i-X'), 2, 'its hash does not fit its content'],
    [
      'a removed line',
      (text: string) => text.split('\n').toSpliced(1, 1).join('\n'),
      2,
      'does not follow the record before it',
    ],
    [
      'a line written twice',
      (text: string) => `${text}${text.split('\n')[2]}\n`,
      4,
      'does not follow the record before it',
    ],
    [
      'a second key of one name',
      (text: string) => text.replace('"actor":"operator"', '"actor":"x","actor":"operator"'),
      1,
      'it is not in canonical form',
    ],
    ['an empty line', (text: string) => `\n${text}`, 1, 'it is not JSON'],
    [
      'two lines in the wrong order',
      (text: string) => {
        const [a, b, c] = text.split('\n')
        return `${a}\n${c}\n${b}\n`
      },
      2,
      'does not follow',
    ],
  ])('does not start on %s, names the line and leaves the file alone', async (_, damage, line, reason) => {
    const damaged = damage(await readFile(path, 'utf8'))
    await writeFile(path, damaged)
    await expect(open()).rejects.toThrow(JournalBrokenError)
    await expect(open()).rejects.toThrow(`line ${line}: `)
    await expect(open()).rejects.toThrow(reason)
    expect(await readFile(path, 'utf8')).toBe(damaged)
    expect(await readdir(folder)).toEqual(['journal.jsonl'])
  })

  it('does not take an end longer than one write for torn', async () => {
    await appendFile(path, Buffer.alloc((4 << 20) + 1, 'x'))
    await expect(open()).rejects.toThrow('line 4')
  })

  it('sees later damage when asked', async () => {
    const journal = await open()
    const bytes = await readFile(path)
    await writeFile(path, flipped(bytes, 300))
    expect(await journal.verify()).toEqual({
      broken: { line: 1, reason: expect.stringMatching(/hash|JSON|canonical/) as string },
    })
    await journal.close()
  })

  it('writes what came together with one sync', async () => {
    let syncs = 0
    const counting = (file: JournalFile): JournalFile => ({
      ...file,
      sync: () => ((syncs += 1), file.sync()),
    })
    const journal = await openFileJournal({
      path,
      report: unexpected,
      openFile: async (name) => counting(await openJournalFile(name)),
    })
    await Promise.all(Array.from({ length: 500 }, (_, place) => journal.append([written(place)], 10 + place)))
    expect(syncs).toBeLessThanOrEqual(2)
    await journal.close()
  })

  it('takes nothing after close, but finishes what was begun', async () => {
    const journal = await open()
    const begun = journal.append([written(4)], 4)
    await journal.close()
    await expect(begun).resolves.toHaveLength(1)
    await expect(journal.append([written(5)], 5)).rejects.toThrow(StoreClosedError)
  })
})

function unexpected(sentence: string): never {
  throw new Error(sentence)
}

function flipped(bytes: Buffer, place: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[place]! ^= 1
  return copy
}
