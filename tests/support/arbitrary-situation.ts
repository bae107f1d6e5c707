import fc from 'fast-check'
import type { Incident } from '../../src/domain/incident.ts'
import type { Warning } from '../../src/domain/warning.ts'

export const nowMs = Date.parse('2026-08-06T06:32:08Z')
const minutesFromNow = (min: number, max: number) =>
  fc.integer({ min, max }).map((minutes) => new Date(nowMs + minutes * 60_000).toISOString())
const people = fc.record({ trapped: fc.nat(3), missing: fc.nat(2), dead: fc.nat(1) })

/** Incidents around now, for property tests of everything that folds the situation. */
export const anyIncident: fc.Arbitrary<Incident> = fc
  .record({
    incident: fc.constantFrom('i1', 'i2', 'i3', 'i4'),
    title: fc.constantFrom('道路积水 27 厘米', '电梯困人', '路灯不亮'),
    kind: fc.constant('城市管理'),
    region: fc.constantFrom('220102', '220103'),
    urgency: fc.constantFrom('urgent' as const, 'pressing' as const, 'ordinary' as const),
    origin: fc.constant('hotline' as const),
    reportedAt: minutesFromNow(-300, -60),
    owner: fc.constantFrom('water', 'city-management'),
    acceptBy: minutesFromNow(-60, 30),
    closeBy: minutesFromNow(30, 600),
    provenance: fc.constantFrom('real' as const, 'synthetic' as const),
    stage: fc.constantFrom('reported' as const, 'accepted' as const, 'closed' as const),
    sequence: fc.constant(1),
    people: fc.option(people, { nil: undefined }),
  })
  .map(({ people: harmed, ...incident }) => (harmed ? { ...incident, people: harmed } : incident))

export const anyWarning: fc.Arbitrary<Warning> = fc.record({
  id: fc.constantFrom('w1', 'w2', 'w3'),
  event: fc.constantFrom('暴雨', '大风'),
  level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  issuer: fc.constant('长春市气象台'),
  sentAt: minutesFromNow(-300, 10),
  expiresAt: minutesFromNow(-10, 600),
  regions: fc.constant(['220100']),
  headline: fc.constant(''),
  provenance: fc.constantFrom('real' as const, 'synthetic' as const),
})
