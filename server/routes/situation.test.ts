import { expect, test } from 'vitest'
import { decide, emptySituation } from '../../src/domain/situation.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { Gateway } from '../gateway.ts'
import { ProblemError } from '../problem.ts'
import { command } from './situation.ts'

const now = '2026-08-06T06:32:00Z'
const person: Viewer = {
  id: 'somebody',
  scope: 'all',
  sees: () => true,
  maySend: () => true,
  tellsOfElsewhere: false,
}
const system: Viewer = { ...person, id: 'system', tellsOfElsewhere: true }

/** What the command route needs of a gateway, over an empty situation. */
const gateway = {
  clock: { now: () => Date.parse(now) },
  metrics: { commandAnswered: () => undefined },
  book: {
    command: async (wanted: Parameters<typeof decide>[1]) => {
      const decision = decide(emptySituation, wanted)
      return 'records' in decision ? { sequence: decision.records.length } : decision
    },
  },
} as unknown as Gateway

const report = (acceptedAt?: string) => ({
  id: 'report-0001',
  type: 'incident.report',
  stream: 'incident:i1',
  payload: {
    incident: 'i1',
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
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
  },
})

async function answer(viewer: Viewer, body: unknown): Promise<unknown> {
  try {
    return await command.answer({ viewer, body, gateway, query: {} })
  } catch (cause) {
    if (cause instanceof ProblemError) return cause.problem
    throw cause
  }
}

test('a system may say when an incident was accepted elsewhere', async () => {
  expect(await answer(system, report('2026-08-06T06:05:00Z'))).toEqual({ sequence: 2 })
  expect(await answer(system, report(now))).toEqual({ sequence: 2 })
})

test('nobody may say that a stage was reached in the future', async () => {
  expect(await answer(system, report('2026-08-06T06:32:01Z'))).toMatchObject({
    status: 422,
    refused: 'a stage cannot have been reached in the future',
  })
})

test('a person may report, and is recorded when he acts', async () => {
  expect(await answer(person, report())).toEqual({ sequence: 1 })
  expect(await answer(person, report('2026-08-06T06:05:00Z'))).toMatchObject({ status: 403 })
  const close = { id: 'close-0001', type: 'incident.close', stream: 'incident:i1' }
  const payload = { incident: 'i1', result: '已退水' }
  expect(await answer(person, { ...close, payload: { ...payload, occurredAt: now } })).toMatchObject({
    status: 403,
  })
  expect(await answer(person, { ...close, payload })).toMatchObject({ refused: 'no such incident' })
})
