import { expect, test } from 'vitest'
import type { Refusal } from '../../src/domain/reading.ts'
import type { Warning } from '../../src/domain/warning.ts'
import { memoryJournal } from '../../tests/support/memory-journal.ts'
import { toldSource } from '../../tests/support/told-source.ts'
import { SituationBook } from '../situation-book.ts'
import { warningTaker } from './take-warnings.ts'

const issued: Warning = {
  id: 'cma-220100-7',
  event: '暴雨',
  level: 2,
  issuer: '市气象台',
  sentAt: '2026-08-06T06:00:00Z',
  expiresAt: '2026-08-07T06:00:00Z',
  regions: ['220100'],
  headline: '暴雨橙色预警',
  provenance: 'synthetic',
}

async function opened() {
  const log = memoryJournal()
  const book = await SituationBook.open(log.journal, log.lane, () => Date.parse('2026-08-06T06:01:00Z'))
  const refusals: Refusal[] = []
  const words = {
    known: (id: string) => book.now().warnings.get(id),
    command: book.command.bind(book),
  }
  const take = warningTaker(toldSource(), words, (refusal) => void refusals.push(refusal))
  return { take, log, book, refusals }
}

const types = (log: { records: { type: string }[] }) => log.records.map(({ type }) => type)

test('a list that is read again and again records each of its words once', async () => {
  const { take, log, book, refusals } = await opened()
  const list = [{ record: issued }, { record: { ...issued, level: 1 as const } }, { cancel: issued.id }]
  for (let reading = 0; reading < 3; reading += 1) expect(await take(list)).toBe(0)
  expect(types(log)).toEqual(['warning.recorded', 'warning.recorded', 'warning.cancelled'])
  expect([...book.now().warnings]).toEqual([])
  expect(refusals).toEqual([])
})

test('a warning issued anew under its id is recorded and can be cancelled again', async () => {
  const { take, log } = await opened()
  const anew = { ...issued, sentAt: '2026-08-06T09:00:00Z' }
  await take([{ record: issued }, { cancel: issued.id }, { record: anew }, { cancel: issued.id }])
  const [recorded, cancelled] = ['warning.recorded', 'warning.cancelled']
  expect(types(log)).toEqual([recorded, cancelled, recorded, cancelled])
})

test('a synthetic source can issue no real warning', async () => {
  const { take, book } = await opened()
  await take([{ record: { ...issued, provenance: 'real' } }])
  expect(book.now().warnings.get(issued.id)?.provenance).toBe('synthetic')
})

test('a warning that cannot be is refused with its reason, and the ones after it are recorded', async () => {
  const { take, log, refusals } = await opened()
  const backwards = { ...issued, id: 'w-2', expiresAt: '2026-08-05T00:00:00Z' }
  const wordless = { ...issued, id: 'w-3', event: '' }
  expect(await take([{ record: backwards }, { record: wordless }, { record: issued }])).toBe(2)
  expect(types(log)).toEqual(['warning.recorded'])
  expect(refusals).toMatchObject([
    { row: 'warning w-2', reason: 'a warning must expire after it was sent' },
    { row: 'warning w-3', reason: expect.stringContaining('payload.event') },
  ])
})
