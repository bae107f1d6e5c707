import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { type Command, CommandSchema, eventNameOf, type JournalRecord } from './command.ts'
import { deadlineOf, isOverdue } from './incident.ts'
import { decide, emptySituation, evolve, type Situation } from './situation.ts'

const ids = ['i1', 'i2', 'i3']
const report = (incident: string, change: Record<string, unknown> = {}): Command =>
  v.parse(CommandSchema, {
    id: `report-${incident}`,
    stream: `incident:${incident}`,
    type: 'incident.report',
    payload: {
      incident,
      title: '道路积水',
      kind: '内涝',
      region: '220102',
      urgency: 'urgent',
      origin: 'sensor',
      owner: 'water',
      provenance: 'synthetic',
      reportedAt: '2026-08-06T06:00:00Z',
      acceptBy: '2026-08-06T06:10:00Z',
      closeBy: '2026-08-06T08:00:00Z',
      ...change,
    },
  })
const stage = (type: 'incident.accept' | 'incident.close', incident: string): Command =>
  ({
    id: `command-${incident}`,
    stream: `incident:${incident}`,
    type,
    payload: type === 'incident.close' ? { incident, result: '已退水' } : { incident },
  }) as Command
const warning = (id: string, change: Record<string, unknown> = {}): Command =>
  v.parse(CommandSchema, {
    id: `warning-${id}`,
    stream: `warning:${id}`,
    type: 'warning.record',
    payload: {
      id,
      event: '暴雨',
      level: 3,
      issuer: '市气象台',
      sentAt: '2026-08-06T06:00:00Z',
      expiresAt: '2026-08-06T12:00:00Z',
      regions: ['220100'],
      headline: '',
      provenance: 'synthetic',
      ...change,
    },
  })
const command = (type: string, stream: string, payload: unknown): Command =>
  v.parse(CommandSchema, { id: 'command-1', type, stream, payload })

/** Appends what a command decides, as the gateway would. */
function apply(
  situation: Situation,
  wanted: Command,
): { situation: Situation; records: JournalRecord[]; decision: ReturnType<typeof decide> } {
  const decision = decide(situation, wanted)
  const records =
    'records' in decision
      ? decision.records.map((record, n) => recordOf(record, situation.sequence + n + 1, wanted))
      : []
  return { situation: records.reduce(evolve, situation), records, decision }
}

function recordOf(
  record: Pick<JournalRecord, 'type' | 'payload'>,
  sequence: number,
  { stream, id }: Pick<Command, 'stream' | 'id'>,
): JournalRecord {
  const at = new Date(Date.UTC(2026, 7, 6, 6, 0, sequence)).toISOString()
  return {
    ...record,
    sequence,
    at,
    actor: 'operator',
    stream,
    command: id,
    previous: '',
    hash: '',
  } as JournalRecord
}

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom(...ids).map((id) => report(id)),
  fc.constantFrom(...ids).map((id) => stage('incident.accept', id)),
  fc.constantFrom(...ids).map((id) => stage('incident.close', id)),
  fc.constantFrom('w1', 'w2').map(warning),
  fc.constantFrom('w1', 'w2').map((id) => command('warning.cancel', `warning:${id}`, { warning: id })),
  fc
    .constantFrom<'peace' | 'emergency'>('peace', 'emergency')
    .map((mode) => command('mode.switch', 'mode', { mode })),
)

describe('decide and evolve', () => {
  it('takes an incident from report to close', () => {
    let { situation } = apply(emptySituation, report('i1'))
    expect(situation.incidents.get('i1')).toMatchObject({ stage: 'reported', sequence: 1 })
    situation = apply(situation, stage('incident.accept', 'i1')).situation
    expect(situation.incidents.get('i1')).toMatchObject({
      stage: 'accepted',
      acceptedBy: 'operator',
      sequence: 2,
    })
    situation = apply(situation, stage('incident.close', 'i1')).situation
    expect(situation.incidents.get('i1')).toMatchObject({ stage: 'closed', result: '已退水', sequence: 3 })
    expect(situation.streams.get('incident:i1')).toBe(3)
  })

  it('never reaches a stage but by the one before, whatever is asked in whatever order', () => {
    const next = { reported: undefined, accepted: 'reported', closed: 'accepted' } as const
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        let situation = emptySituation
        for (const wanted of commands) {
          const after = apply(situation, wanted)
          for (const [id, incident] of after.situation.incidents) {
            const before = situation.incidents.get(id)?.stage
            expect([incident.stage, next[incident.stage]]).toContain(before)
          }
          // A refusal leaves no trace, and a decision is one record.
          expect(after.records.length).toBe('records' in after.decision ? 1 : 0)
          situation = after.situation
        }
      }),
    )
  })

  it('folds any prefix and then the rest to what one fold gives', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), fc.nat(), (commands, cut) => {
        let situation = emptySituation
        const log: JournalRecord[] = []
        for (const wanted of commands) {
          const after = apply(situation, wanted)
          situation = after.situation
          log.push(...after.records)
        }
        const at = log.length === 0 ? 0 : cut % (log.length + 1)
        const half = log.slice(0, at).reduce(evolve, emptySituation)
        expect(log.slice(at).reduce(evolve, half)).toEqual(situation)
        expect(log.reduce(evolve, emptySituation)).toEqual(situation)
      }),
    )
  })

  it('leaves the situation before it untouched', () => {
    const { situation } = apply(emptySituation, report('i1'))
    const copy = structuredClone(situation)
    apply(situation, stage('incident.accept', 'i1'))
    apply(situation, report('i2'))
    expect(situation).toEqual(copy)
    expect(emptySituation.incidents.size).toBe(0)
  })

  it('refuses the same thing twice', () => {
    const { situation } = apply(emptySituation, report('i1'))
    expect(decide(situation, report('i1'))).toEqual({ refused: 'incident already reported' })
    const accepted = apply(situation, stage('incident.accept', 'i1')).situation
    expect(decide(accepted, stage('incident.accept', 'i1'))).toEqual({
      refused: 'incident is already accepted',
    })
    const closed = apply(accepted, stage('incident.close', 'i1')).situation
    expect(decide(closed, stage('incident.close', 'i1'))).toEqual({ refused: 'incident is closed' })
    expect(decide(situation, stage('incident.close', 'i1'))).toEqual({
      refused: 'incident must be accepted before it is closed',
    })
    expect(decide(situation, command('mode.switch', 'mode', { mode: 'peace' }))).toEqual({
      refused: 'already in that mode',
    })
  })

  it('keeps when a stage was reached in the world, where the sender says so, beside when it was recorded', () => {
    const accept = {
      ...stage('incident.accept', 'i1'),
      payload: { incident: 'i1', occurredAt: '2026-08-06T06:03:00Z' },
    }
    const close = {
      ...stage('incident.close', 'i1'),
      payload: { incident: 'i1', result: '已退水', occurredAt: '2026-08-06T06:40:00Z' },
    }
    const reported = apply(emptySituation, report('i1')).situation
    const accepted = apply(reported, v.parse(CommandSchema, accept))
    const closed = apply(accepted.situation, v.parse(CommandSchema, close))
    expect(closed.situation.incidents.get('i1')).toMatchObject({
      acceptedAt: '2026-08-06T06:03:00Z',
      closedAt: '2026-08-06T06:40:00Z',
    })
    expect(accepted.records[0]?.at).toBe('2026-08-06T06:00:02.000Z')
  })

  it('takes an incident accepted elsewhere with its acceptance, in one step', () => {
    const { situation, records } = apply(emptySituation, report('i1', { acceptedAt: '2026-08-06T06:05:00Z' }))
    expect(records.map(({ type }) => type)).toEqual(['incident.reported', 'incident.accepted'])
    expect(records[0]?.payload).not.toHaveProperty('acceptedAt')
    expect(situation.incidents.get('i1')).toMatchObject({
      stage: 'accepted',
      acceptedAt: '2026-08-06T06:05:00Z',
      sequence: 2,
    })
    expect(situation.streams.get('incident:i1')).toBe(2)
  })

  it('refuses a stage reached before the one before it', () => {
    const refusal = { refused: 'a stage cannot have been reached before the one before it' }
    const early = '2026-08-06T05:59:59Z'
    expect(decide(emptySituation, report('i1', { acceptedAt: early }))).toEqual(refusal)
    const reported = apply(emptySituation, report('i1')).situation
    const accept = command('incident.accept', 'incident:i1', { incident: 'i1', occurredAt: early })
    expect(decide(reported, accept)).toEqual(refusal)
    const accepted = apply(emptySituation, report('i1', { acceptedAt: '2026-08-06T06:05:00Z' })).situation
    const close = (occurredAt: string) =>
      command('incident.close', 'incident:i1', { incident: 'i1', result: '已退水', occurredAt })
    expect(decide(accepted, close('2026-08-06T06:04:59Z'))).toEqual(refusal)
    expect(decide(accepted, close('2026-08-06T06:05:00Z'))).toHaveProperty('records')
  })

  it('refuses deadlines that run backwards', () => {
    expect(decide(emptySituation, report('i1', { acceptBy: '2026-08-06T05:59:00Z' }))).toHaveProperty(
      'refused',
    )
    expect(decide(emptySituation, report('i1', { closeBy: '2026-08-06T06:09:00Z' }))).toHaveProperty(
      'refused',
    )
  })

  it('refuses a warning told twice, but not one that its issuer changed or told anew', () => {
    const { situation } = apply(emptySituation, warning('w1'))
    expect(decide(situation, warning('w1'))).toEqual({ refused: 'warning already recorded' })
    expect(apply(situation, warning('w1', { level: 2 })).situation.warnings.get('w1')?.level).toBe(2)
    expect(decide(emptySituation, warning('w1', { expiresAt: '2026-08-06T06:00:00Z' }))).toHaveProperty(
      'refused',
    )
    const cancelled = apply(situation, command('warning.cancel', 'warning:w1', { warning: 'w1' })).situation
    expect(decide(cancelled, warning('w1'))).toHaveProperty('records')
  })

  it('finds unknown ids harmless', () => {
    expect(decide(emptySituation, stage('incident.accept', 'nobody'))).toEqual({
      refused: 'no such incident',
    })
    expect(decide(emptySituation, command('warning.cancel', 'warning:x', { warning: 'x' }))).toEqual({
      refused: 'no such warning',
    })
    expect(decide(emptySituation, command('alarm.acknowledge', 'alarm:x', { alarm: 'x' }))).toEqual({
      refused: 'no such alarm',
    })
    const types = [
      { type: 'incident.accepted', payload: { incident: 'x' } },
      { type: 'incident.closed', payload: { incident: 'x', result: '' } },
      { type: 'warning.cancelled', payload: { warning: 'x' } },
      { type: 'alarm.ended', payload: { alarm: 'x' } },
      { type: 'alarm.acknowledged', payload: { alarm: 'x' } },
    ] as const
    for (const [n, record] of types.entries()) {
      const { incidents, warnings, alarms } = evolve(
        emptySituation,
        recordOf(record, n + 1, { stream: 'x', id: 'x' }),
      )
      expect([incidents.size, warnings.size, alarms.size]).toEqual([0, 0, 0])
    }
  })

  it('tells a sender that somebody was faster', () => {
    const { situation } = apply(emptySituation, report('i1'))
    const accept = { ...stage('incident.accept', 'i1'), expectedSequence: 0 }
    expect(decide(situation, accept)).toEqual({ conflict: { expected: 0, actual: 1 } })
    expect(decide(situation, { ...accept, expectedSequence: 1 })).toHaveProperty('records')
    expect(decide(situation, { ...accept, expectedSequence: 2 })).toHaveProperty('conflict')
  })

  it('acknowledges an alarm once and keeps its dimension in the id', () => {
    const id = 'deep-water@NAT.WATERLOG|220100|station=自由大桥下穿'
    const alarm = {
      id,
      rule: 'deep-water',
      name: { zh: '积水' },
      level: 2 as const,
      indicator: 'NAT.WATERLOG',
      region: '220100',
      dims: { station: '自由大桥下穿' },
      value: 30,
      threshold: 27,
      unit: 'cm',
      provenance: 'synthetic' as const,
      since: '2026-08-06T06:00:00Z',
      firedAt: '2026-08-06T06:03:00Z',
    }
    const fired = evolve(
      emptySituation,
      recordOf({ type: 'alarm.fired', payload: alarm }, 1, { stream: `alarm:${id}`, id: 'rule:deep-water' }),
    )
    const acknowledge = command('alarm.acknowledge', `alarm:${id}`, { alarm: id })
    const { situation } = apply(fired, acknowledge)
    expect(situation.alarms.get(id)).toMatchObject({ acknowledgedBy: 'operator' })
    expect(decide(situation, acknowledge)).toEqual({ refused: 'already acknowledged' })
  })
})

describe('incident clocks', () => {
  const { situation } = apply(emptySituation, report('i1'))
  const reported = situation.incidents.get('i1')!

  it('run to acceptance, then to closing, then stop', () => {
    expect(deadlineOf(reported)).toBe('2026-08-06T06:10:00Z')
    expect(deadlineOf({ ...reported, stage: 'accepted' })).toBe('2026-08-06T08:00:00Z')
    expect(deadlineOf({ ...reported, stage: 'closed' })).toBeUndefined()
  })

  it('are overdue only past the deadline', () => {
    const at = Date.parse('2026-08-06T06:10:00Z')
    expect([at, at + 1].map((ms) => isOverdue(reported, ms))).toEqual([false, true])
    expect(isOverdue({ ...reported, stage: 'closed' }, at + 1e9)).toBe(false)
  })
})

describe('CommandSchema', () => {
  it('takes nothing but what it knows', () => {
    const good = report('i1')
    for (const bad of [
      { ...good, id: 'short' },
      { ...good, actor: 'somebody' },
      { ...good, type: 'incident.erase' },
      { ...good, stream: 'a b' },
      { ...good, expectedSequence: -1 },
      { ...good, payload: { ...good.payload, people: { trapped: 0.5, missing: 0, dead: 0 } } },
      { ...good, payload: { ...good.payload, reportedAt: '2026-08-06T06:00:00' } },
      { ...good, payload: { ...good.payload, region: '长春' } },
    ])
      expect(v.is(CommandSchema, bad)).toBe(false)
    expect(v.is(CommandSchema, good)).toBe(true)
  })

  it('names the stream event of a record', () => {
    expect(eventNameOf({ type: 'mode.switched', payload: { mode: 'peace' } })).toBe('mode')
    expect(eventNameOf({ type: 'incident.accepted', payload: { incident: 'x' } })).toBe('incident')
  })
})
