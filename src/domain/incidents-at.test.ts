import { expect, it } from 'vitest'
import type { Incident } from './incident.ts'
import { incidentsAt, warningsAt } from './incidents-at.ts'
import type { Warning } from './warning.ts'

const at = (clock: string): string => `2026-08-06T${clock}:00Z`
const ms = (clock: string): number => Date.parse(at(clock))
const incident = {
  incident: 'e-1',
  stage: 'closed',
  reportedAt: at('06:00'),
  acceptedAt: at('06:10'),
  acceptedBy: 'officer',
  closedAt: at('07:00'),
  result: '已办结',
} as Incident

it('takes every incident at the stage it had reached', () => {
  const stage = (clock: string) => incidentsAt([incident], ms(clock)).map((one) => one.stage)
  expect(['05:59', '06:00', '06:10', '06:59', '07:00'].map(stage)).toEqual([
    [],
    ['reported'],
    ['accepted'],
    ['accepted'],
    ['closed'],
  ])
  expect(incidentsAt([incident], ms('06:05'))[0]).toEqual({
    incident: 'e-1',
    stage: 'reported',
    reportedAt: at('06:00'),
  })
})

it('takes the warnings that held then', () => {
  const warning = { id: 'w', sentAt: at('06:00'), expiresAt: at('08:00') } as Warning
  expect(
    ['05:59', '06:00', '07:59', '08:00'].map((clock) => warningsAt([warning], ms(clock)).length),
  ).toEqual([0, 1, 1, 0])
})

it('takes one that is closed nobody says when as closed from the last thing known of it', () => {
  const { closedAt: _closed, ...closed } = incident
  const { acceptedAt: _accepted, ...only } = closed
  const stages = (one: Incident) =>
    ['05:59', '06:00', '06:09', '06:10', '09:00'].map((clock) => incidentsAt([one], ms(clock))[0]?.stage)
  expect(stages(closed)).toEqual([undefined, 'reported', 'reported', 'closed', 'closed'])
  expect(stages(only)).toEqual([undefined, 'closed', 'closed', 'closed', 'closed'])
})
