import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cityFacts } from './city-state.ts'
import { cockpitCodes, cockpitCounts } from './cockpit-counts.ts'
import { IndicatorCodeSchema } from './indicator.ts'
import * as v from 'valibot'
import { anyIncident, anyWarning, nowMs } from '../../tests/support/arbitrary-situation.ts'

const sources = [{ state: 'ok' as const }, { state: 'late' as const }, { state: 'ok' as const }]
const situationOf = fc.record({
  mode: fc.constant('peace' as const),
  incidents: fc.uniqueArray(anyIncident, { selector: ({ incident }) => incident }),
  warnings: fc.uniqueArray(anyWarning, { selector: ({ id }) => id }),
  alarms: fc.constant([]),
})

describe('cockpitCounts', () => {
  it('counts open incidents by urgency, and people while their incident is open', () => {
    fc.assert(
      fc.property(situationOf, (situation) => {
        const counts = cockpitCounts(situation, { nowMs, sources, attentionCount: 3 })
        const open = situation.incidents.filter(({ stage }) => stage !== 'closed')
        expect(counts['GOV.COCKPIT.INCIDENTS']).toBe(open.length)
        expect(
          counts['GOV.COCKPIT.URGENT'] + counts['GOV.COCKPIT.PRESSING'] + counts['GOV.COCKPIT.ORDINARY'],
        ).toBe(open.length)
        expect(counts['GOV.COCKPIT.TRAPPED']).toBe(
          open.reduce((sum, { people }) => sum + (people?.trapped ?? 0), 0),
        )
        expect(counts['GOV.COCKPIT.OVERDUE']).toBeLessThanOrEqual(open.length)
        expect(counts).toMatchObject({
          'GOV.COCKPIT.DECISIONS': 3,
          'GOV.COCKPIT.SOURCES_OK': 2,
          'GOV.COCKPIT.SOURCES_ALL': 3,
          'GOV.DATA.ONE': 66.7,
        })
      }),
    )
  })

  it('agrees with the sentence over the city and with the folded form of the situation', () => {
    fc.assert(
      fc.property(situationOf, (lists) => {
        const folded = {
          mode: lists.mode,
          incidents: new Map(lists.incidents.map((incident) => [incident.incident, incident])),
          warnings: new Map(lists.warnings.map((warning) => [warning.id, warning])),
          alarms: new Map(),
        }
        const counts = cockpitCounts(folded, { nowMs, sources: [], attentionCount: 0 })
        expect(counts).toEqual(cockpitCounts(lists, { nowMs, sources: [], attentionCount: 0 }))
        const facts = cityFacts(lists, { nowMs, criticalLateSources: [] })
        expect(facts).toMatchObject({
          overdue: counts['GOV.COCKPIT.OVERDUE'],
          incidentsOpen: counts['GOV.COCKPIT.INCIDENTS'],
          dead: counts['GOV.COCKPIT.DEAD'],
        })
        expect(Object.values(facts.warningsByLevel).reduce((a, b) => a + b, 0)).toBe(
          counts['GOV.COCKPIT.WARNINGS'],
        )
      }),
    )
  })

  it('counts a warning from its issue until it expires', () => {
    const warning = {
      id: 'w',
      event: '暴雨',
      level: 3 as const,
      issuer: '市气象台',
      sentAt: '2026-08-06T06:00:00Z',
      expiresAt: '2026-08-06T12:00:00Z',
      regions: ['220100'],
      headline: '',
      provenance: 'synthetic' as const,
    }
    const at = (time: string) =>
      cockpitCounts(
        { mode: 'peace', incidents: [], warnings: [warning], alarms: [] },
        { nowMs: Date.parse(time), sources: [], attentionCount: 0 },
      )['GOV.COCKPIT.WARNINGS']
    expect(
      ['2026-08-06T05:59:59Z', '2026-08-06T06:00:00Z', '2026-08-06T11:59:59Z', '2026-08-06T12:00:00Z'].map(
        at,
      ),
    ).toEqual([0, 1, 1, 0])
  })

  it('uses codes that indicators may have', () => {
    for (const code of cockpitCodes) expect(v.is(IndicatorCodeSchema, code)).toBe(true)
  })
})
