import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Alarm } from './alarm.ts'
import { CommandSchema, type JournalRecord } from './command.ts'
import { decide, emptySituation, evolve, type Situation } from './situation.ts'

const alarm: Alarm = {
  id: 'deep-water@NAT.WATERLOG|220100',
  rule: 'deep-water',
  name: { zh: '积水' },
  level: 2,
  indicator: 'NAT.WATERLOG',
  region: '220100',
  dims: {},
  value: 30,
  threshold: 27,
  unit: 'cm',
  provenance: 'synthetic',
  since: '2026-08-06T06:00:00Z',
  firedAt: '2026-08-06T06:03:00Z',
}
const stream = `alarm:${alarm.id}`
const fired = evolve(emptySituation, recordOf({ type: 'alarm.fired', payload: alarm }, 1, 'gateway'))

function recordOf(record: object, sequence: number, actor: string): JournalRecord {
  const at = '2026-08-06T06:10:00Z'
  return { ...record, sequence, at, actor, stream, command: 'c', previous: '', hash: '' } as JournalRecord
}

function sent(situation: Situation, type: string, payload: object) {
  const command = v.parse(CommandSchema, {
    id: 'command-1',
    stream,
    type,
    payload: { alarm: alarm.id, ...payload },
  })
  const decision = decide(situation, command)
  if (!('records' in decision)) return { decision, situation }
  const after = decision.records.reduce(
    (before, record) => evolve(before, recordOf(record, before.sequence + 1, 'officer')),
    situation,
  )
  return { decision, situation: after, alarm: after.alarms.get(alarm.id) }
}

describe('an alarm that stands', () => {
  it('keeps what who acknowledged it said', () => {
    const done = sent(fired, 'alarm.acknowledge', { comment: '已派员' })
    expect(done.alarm).toMatchObject({ acknowledgedBy: 'officer', comment: '已派员' })
    expect(sent(fired, 'alarm.acknowledge', {}).alarm).not.toHaveProperty('comment')
  })

  it('is shelved until a time, by name and with a reason, and taken up again', () => {
    const until = '2026-08-06T08:00:00Z'
    const shelved = sent(fired, 'alarm.shelve', { until, reason: '检修' })
    expect(shelved.alarm).toEqual({ ...alarm, shelvedUntil: until, shelvedBy: 'officer' })
    expect(sent(shelved.situation, 'alarm.unshelve', {}).alarm).toEqual(alarm)
    expect(sent(fired, 'alarm.unshelve', {}).decision).toEqual({ refused: 'not shelved' })
    expect(sent(fired, 'alarm.shelve', { until: alarm.firedAt, reason: '检修' }).decision).toHaveProperty(
      'refused',
    )
    expect(() => sent(fired, 'alarm.shelve', { until, reason: '' })).toThrow('Invalid length')
  })

  it('is handed over once to the same hands', () => {
    const handed = sent(fired, 'alarm.hand-over', { to: '夜班值班长', note: '' })
    expect(handed.alarm).toMatchObject({ heldBy: '夜班值班长' })
    expect(sent(handed.situation, 'alarm.hand-over', { to: '夜班值班长', note: '' }).decision).toHaveProperty(
      'refused',
    )
  })

  it('is not there for anybody once it ended', () => {
    const { alarms } = evolve(
      fired,
      recordOf({ type: 'alarm.ended', payload: { alarm: alarm.id } }, 2, 'gateway'),
    )
    expect(alarms.size).toBe(0)
  })
})

it('a changed definition of the catalogue is a record and changes nothing of the situation', () => {
  const payload = { hash: 'h2', packs: [], changes: [] }
  const {
    streams: _,
    sequence,
    ...after
  } = evolve(fired, recordOf({ type: 'city.changed', payload }, 2, 'gateway'))
  const { streams: __, sequence: ___, ...before } = fired
  expect(sequence).toBe(2)
  expect(after).toEqual(before)
})
