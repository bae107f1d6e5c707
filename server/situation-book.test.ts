import { expect, test } from 'vitest'
import { memoryJournal } from '../tests/support/memory-journal.ts'
import type { Command } from '../src/domain/command.ts'
import { SituationBook } from './situation-book.ts'

const at = Date.parse('2026-08-06T06:32:00Z')

const report = (id: string, incident = 'e-1'): Command => ({
  id,
  stream: `incident:${incident}`,
  type: 'incident.report',
  payload: {
    incident,
    title: '商场 A 电梯困人',
    kind: 'lift',
    region: '220103',
    urgency: 'urgent',
    origin: 'hotline',
    reportedAt: '2026-08-06T06:30:00Z',
    owner: 'emergency',
    acceptBy: '2026-08-06T06:35:00Z',
    closeBy: '2026-08-06T07:30:00Z',
    provenance: 'synthetic',
  },
})
const accept = (id: string, expectedSequence?: number): Command => ({
  id,
  stream: 'incident:e-1',
  type: 'incident.accept',
  payload: { incident: 'e-1' },
  ...(expectedSequence === undefined ? {} : { expectedSequence }),
})

test('the same command id twice is one record and one answer, also after a restart', async () => {
  const log = memoryJournal()
  const book = await SituationBook.open(log.journal, log.lane, () => at)
  const [first, again] = await Promise.all([
    book.command(report('command-1'), 'x'),
    book.command(report('command-1'), 'x'),
  ])
  expect(first).toEqual({ sequence: 1 })
  expect(again).toEqual(first)
  const reopened = await SituationBook.open(log.journal, log.lane, () => at)
  expect(await reopened.command(report('command-1'), 'x')).toEqual(first)
  expect(log.records).toHaveLength(1)
})

test('of two that saw the same state only one wins', async () => {
  const log = memoryJournal()
  const book = await SituationBook.open(log.journal, log.lane, () => at)
  await book.command(report('command-1'), 'x')
  const outcomes = await Promise.all([
    book.command(accept('command-2', 1), 'a'),
    book.command(accept('command-3', 1), 'b'),
  ])
  expect(outcomes).toEqual([{ sequence: 2 }, { conflict: { expected: 1, actual: 2 } }])
})

test('two gateways on one log cannot both accept', async () => {
  const log = memoryJournal()
  const [one, two] = await Promise.all([
    SituationBook.open(log.journal, log.lane, () => at),
    SituationBook.open(log.journal, log.lane, () => at),
  ])
  await one.command(report('command-1'), 'x')
  const outcomes = await Promise.all([
    one.command(accept('command-2'), 'a'),
    two.command(accept('command-3'), 'b'),
  ])
  expect(outcomes).toEqual([{ sequence: 2 }, { refused: 'incident is already accepted' }])
  expect(two.now().incidents.get('e-1')).toMatchObject({ stage: 'accepted', acceptedBy: 'a' })
})

test('asOf folds only what was known then', async () => {
  const log = memoryJournal()
  let now = at
  const book = await SituationBook.open(log.journal, log.lane, () => now)
  await book.command(report('command-1'), 'x')
  now += 60_000
  await book.command(accept('command-2'), 'a')
  expect((await book.asOf(at + 59_999)).incidents.get('e-1')?.stage).toBe('reported')
  expect((await book.asOf(at + 60_000)).incidents.get('e-1')?.stage).toBe('accepted')
  expect((await book.asOf(at - 1)).incidents.size).toBe(0)
})

test('a refused command writes nothing', async () => {
  const log = memoryJournal()
  const book = await SituationBook.open(log.journal, log.lane, () => at)
  expect(await book.command(accept('command-2'), 'a')).toEqual({ refused: 'no such incident' })
  expect(log.records).toEqual([])
})
