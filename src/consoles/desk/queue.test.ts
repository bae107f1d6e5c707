import { describe, expect, it } from 'vitest'
import { incidentWith } from '../../../tests/support/wire-fixtures.ts'
import { neighbour, queueOf, stepUse } from './queue.ts'

const nowMs = Date.parse('2026-08-06T06:30:00Z')
const overdue = incidentWith({ incident: 'EV-1', acceptBy: '2026-08-06T06:20:00Z', urgency: 'urgent' })
const soon = incidentWith({ incident: 'EV-2', acceptBy: '2026-08-06T06:31:00Z' })
const handled = incidentWith({
  incident: 'EV-3',
  stage: 'accepted',
  acceptedAt: '2026-08-06T06:05:00Z',
  acceptBy: '2026-08-06T06:10:00Z',
  closeBy: '2026-08-06T07:00:00Z',
  title: '路口信号灯全灭',
})
const done = incidentWith({ incident: 'EV-4', stage: 'closed' })
const ask = {
  nowMs,
  filter: 'all' as const,
  text: '',
  wordsOf: ({ title, incident }: { title: string; incident: string }) => `${title} ${incident}`,
}

describe('queueOf', () => {
  it('puts the longest overdue first and leaves out what is closed', () => {
    expect(queueOf([done, handled, soon, overdue], ask).map(({ incident }) => incident)).toEqual([
      'EV-1',
      'EV-2',
      'EV-3',
    ])
  })

  it('does not hold a passed acceptance against an incident that was accepted', () => {
    expect(queueOf([handled], { ...ask, filter: 'overdue' })).toEqual([])
  })

  it('finds by every word, in any case', () => {
    expect(
      queueOf([overdue, soon, handled], { ...ask, text: '信号灯 ev-3' }).map(({ incident }) => incident),
    ).toEqual(['EV-3'])
  })

  it('filters by urgency', () => {
    expect(queueOf([overdue, soon], { ...ask, filter: 'urgent' })).toHaveLength(1)
  })
})

describe('stepUse', () => {
  it('counts the step that runs, not the whole case', () => {
    expect(stepUse(handled, nowMs).share).toBeCloseTo(25 / 55)
    expect(stepUse(overdue, nowMs)).toEqual({ share: 1, tone: 'over' })
  })

  it('warns at the last fifth', () => {
    expect(stepUse(soon, nowMs).tone).toBe('soon')
  })
})

describe('neighbour', () => {
  it('stops at both ends and starts anew when the selected one left', () => {
    const queue = [overdue, soon]
    expect([neighbour(queue, 'EV-1', 1), neighbour(queue, 'EV-2', 1), neighbour(queue, 'EV-1', -1)]).toEqual([
      'EV-2',
      'EV-2',
      'EV-1',
    ])
    expect(neighbour(queue, 'EV-9', 1)).toBe('EV-1')
    expect(neighbour([], undefined, 1)).toBeUndefined()
  })
})
