import type { AttentionFacts, AttentionKind } from './attention.ts'
import { deadlineOf, type Incident, isOverdue, type Urgency } from './incident.ts'
import type { Indicator } from './indicator.ts'
import { seriesKey } from './observation.ts'
import type { Segment } from './segment.ts'
import { type Language, localText } from './text.ts'
import { inForce } from './warning.ts'

/** One thing that may want attention, whatever it came from. */
export interface Subject {
  kind: AttentionKind
  id: string
  region: string
  /** Department that answers for it. */
  owner: string
  indicator?: Indicator
  level?: 1 | 2 | 3 | 4
  urgency?: Urgency
  people: boolean
  /** Size of a deviation in 个百分点 or %. */
  gapSize: number
  /** 0 … 5: size of a deviation; 4 − level of an alarm or warning; urgency and lateness of an incident. */
  severity: number
  sinceMs: number
  ownDeadlineMs: number
  synthetic: boolean
  segment(name: string, language: Language): Segment | undefined
}

const dayMs = 86_400_000
const hourMs = 3_600_000
const capped = (severity: number): number => Math.min(5, Math.max(0, severity))

/** Everything of the facts that may become an item: misses, alarms, late and nearly late incidents, warnings in force. */
export function subjectsOf(facts: AttentionFacts, nearMs: number): Subject[] {
  return [...deviations(facts), ...alarms(facts), ...incidents(facts, nearMs), ...warnings(facts)]
}

function deviations({ judged }: AttentionFacts): Subject[] {
  return judged.flatMap(({ indicator, observation, judgement }): Subject[] => {
    const { gap, target } = judgement
    if (judgement.verdict !== 'missed' || observation.value === null || !gap || !target) return []
    const bound = observation.value - gap.value
    // Rates are compared in points, levels by their share of the target; no share of a target of zero.
    const gapSize =
      gap.unit === 'pp' ? Math.abs(gap.value) : bound === 0 ? 100 : Math.abs(gap.value / bound) * 100
    const of = { indicator: indicator.code, region: observation.region, observation }
    const sinceMs = Date.parse(observation.resultTime)
    return [
      {
        kind: 'deviation',
        id: `${seriesKey(indicator.code, observation.region, observation.dims)}@${observation.period.label}`,
        region: observation.region,
        owner: indicator.department,
        indicator,
        people: false,
        gapSize,
        severity: capped(gap.unit === 'pp' ? gapSize : gapSize / 10),
        sinceMs,
        ownDeadlineMs: sinceMs + dayMs,
        synthetic: observation.provenance === 'synthetic' || target.source.provenance === 'synthetic',
        segment(name, language) {
          if (name === 'name') return { name: localText(indicator.short ?? indicator.name, language) }
          if (name === 'value')
            return { figure: { ...of, value: observation.value!, unit: observation.unit, kind: 'value' } }
          // The sentence says below or above; the figure is the size of the gap.
          return name === 'gap'
            ? { figure: { ...of, value: Math.abs(gap.value), unit: gap.unit, kind: 'gap' } }
            : undefined
        },
      },
    ]
  })
}

function alarms(facts: AttentionFacts): Subject[] {
  return facts.alarms.map((alarm): Subject => {
    const indicator = facts.indicator(alarm.indicator)
    const sinceMs = Date.parse(alarm.firedAt)
    return {
      kind: 'alarm',
      id: alarm.id,
      region: alarm.region,
      owner: indicator?.department ?? 'emergency',
      ...(indicator ? { indicator } : {}),
      level: alarm.level,
      people: false,
      gapSize: 0,
      // Somebody has it in hand once it is acknowledged.
      severity: capped(4 - alarm.level + (alarm.acknowledgedBy === undefined ? 1 : 0)),
      sinceMs,
      ownDeadlineMs: sinceMs + hourMs,
      synthetic: alarm.provenance === 'synthetic',
      segment(name, language) {
        if (name === 'name') return { name: localText(alarm.name, language) }
        const of = { indicator: alarm.indicator, region: alarm.region, unit: alarm.unit }
        if (name === 'value') return { figure: { ...of, value: alarm.value, kind: 'value' } }
        return name === 'gap' && alarm.threshold !== null
          ? { figure: { ...of, value: Math.abs(alarm.value - alarm.threshold), kind: 'gap' } }
          : undefined
      },
    }
  })
}

const urgencyWeight: Record<Urgency, number> = { urgent: 2, pressing: 1, ordinary: 0 }

function incidents(facts: AttentionFacts, nearMs: number): Subject[] {
  return facts.incidents.flatMap((incident): Subject[] => {
    const deadline = deadlineOf(incident)
    if (deadline === undefined) return []
    const leftMs = Date.parse(deadline) - facts.nowMs
    const overdue = isOverdue(incident, facts.nowMs)
    const people = peopleIn(incident) > 0
    if (!overdue && leftMs > nearMs && !people) return []
    return [
      {
        kind: overdue ? 'incident-overdue' : 'incident-near',
        id: incident.incident,
        region: incident.region,
        owner: incident.owner,
        urgency: incident.urgency,
        people,
        gapSize: 0,
        severity: capped(
          urgencyWeight[incident.urgency] +
            (overdue ? 1 + Math.min(2, -leftMs / hourMs) : 1 - Math.min(1, leftMs / nearMs)),
        ),
        sinceMs: Date.parse(incident.reportedAt),
        ownDeadlineMs: Date.parse(deadline),
        synthetic: incident.provenance === 'synthetic',
        segment: (name) =>
          name === 'name' ? { name: incident.title } : name === 'event' ? { name: incident.kind } : undefined,
      },
    ]
  })
}

function peopleIn({ people }: Incident): number {
  return people ? people.trapped + people.missing + people.dead : 0
}

function warnings(facts: AttentionFacts): Subject[] {
  return facts.warnings
    .filter((warning) => inForce(warning, facts.nowMs))
    .map((warning): Subject => ({
      kind: 'warning',
      id: warning.id,
      region: warning.regions[0]!,
      owner: 'emergency',
      level: warning.level,
      people: false,
      gapSize: 0,
      severity: 4 - warning.level,
      sinceMs: Date.parse(warning.sentAt),
      ownDeadlineMs: Date.parse(warning.expiresAt),
      synthetic: warning.provenance === 'synthetic',
      segment(name) {
        if (name === 'name') return { name: warning.headline === '' ? warning.event : warning.headline }
        return name === 'event'
          ? { name: warning.event }
          : name === 'issuer'
            ? { name: warning.issuer }
            : undefined
      },
    }))
}
