import { describe, expect, it } from 'vitest'
import type { Incident } from '../domain/incident.ts'
import type { Warning } from '../domain/warning.ts'
import { openIncidents, runningWarnings } from './command-lists.ts'

const now = Date.parse('2026-08-06T06:32:00Z')
const after = (minutes: number): string => new Date(now + minutes * 60_000).toISOString()

function incident(
  id: string,
  urgency: Incident['urgency'],
  closeInMinutes: number,
  stage: Incident['stage'] = 'accepted',
): Incident {
  return {
    incident: id,
    title: id,
    kind: '示例',
    region: '220102',
    urgency,
    origin: 'sensor',
    reportedAt: after(-60),
    owner: 'water',
    acceptBy: after(-50),
    closeBy: after(closeInMinutes),
    provenance: 'synthetic',
    stage,
    sequence: 1,
  }
}

describe('openIncidents', () => {
  it('puts what is overdue before anything more urgent, and leaves closed ones out', () => {
    const list = [
      incident('a', 'urgent', 30),
      incident('b', 'ordinary', -1),
      incident('c', 'urgent', 5),
      incident('d', 'urgent', -9, 'closed'),
    ]
    expect(openIncidents(list, now).map((one) => one.incident)).toEqual(['b', 'c', 'a'])
  })

  it('counts the running clock: an unaccepted one is overdue by its acceptance', () => {
    const list = [incident('a', 'urgent', 30), incident('b', 'ordinary', 300, 'reported')]
    expect(openIncidents(list, now)[0]?.incident).toBe('b')
  })
})

describe('runningWarnings', () => {
  it('sorts by level and drops what has expired', () => {
    const warning = (id: string, level: Warning['level'], expiresIn: number): Warning => ({
      id,
      event: '暴雨',
      level,
      issuer: '市气象台',
      sentAt: after(-30),
      expiresAt: after(expiresIn),
      regions: ['220100'],
      headline: '',
      provenance: 'synthetic',
    })
    expect(
      runningWarnings([warning('blue', 4, 60), warning('over', 1, -1), warning('yellow', 3, 60)], now).map(
        ({ id }) => id,
      ),
    ).toEqual(['yellow', 'blue'])
  })
})
