import { isOverdue, type Incident } from './incident.ts'
import { listsOf, type SituationLists } from './situation-lists.ts'
import type { SourceHealth } from './source.ts'
import { inForce } from './warning.ts'

/** Codes of the figures the cockpit counts itself, from the folded situation. */
export const cockpitCodes = [
  'GOV.COCKPIT.INCIDENTS',
  'GOV.COCKPIT.OVERDUE',
  'GOV.COCKPIT.URGENT',
  'GOV.COCKPIT.PRESSING',
  'GOV.COCKPIT.ORDINARY',
  'GOV.COCKPIT.WARNINGS',
  'GOV.COCKPIT.ALARMS',
  'GOV.COCKPIT.DECISIONS',
  'GOV.COCKPIT.SOURCES_OK',
  'GOV.COCKPIT.SOURCES_ALL',
  'GOV.COCKPIT.TRAPPED',
  'GOV.COCKPIT.MISSING',
  'GOV.COCKPIT.DEAD',
] as const
export type CockpitCode = (typeof cockpitCodes)[number]

export interface SituationCounts {
  open: number
  overdue: number
  urgent: number
  pressing: number
  ordinary: number
  trapped: number
  missing: number
  dead: number
  /** In force, by level 1 红 … 4 蓝. */
  warningsByLevel: Record<1 | 2 | 3 | 4, number>
  warnings: number
  alarms: number
  alarmsUnacknowledged: number
}

/** The one count of the situation at an instant; every number about it on any console comes from here. People count while their incident is open. */
export function countSituation(situation: SituationLists, nowMs: number): SituationCounts {
  const { incidents, warnings, alarms } = listsOf(situation)
  const open = incidents.filter(({ stage }) => stage !== 'closed')
  const warningsByLevel = { 1: 0, 2: 0, 3: 0, 4: 0 }
  for (const warning of warnings) if (inForce(warning, nowMs)) warningsByLevel[warning.level] += 1
  const people = (key: keyof NonNullable<Incident['people']>): number =>
    open.reduce((sum, incident) => sum + (incident.people?.[key] ?? 0), 0)
  const urgency = (wanted: Incident['urgency']): number =>
    open.filter((incident) => incident.urgency === wanted).length
  return {
    open: open.length,
    overdue: open.filter((incident) => isOverdue(incident, nowMs)).length,
    urgent: urgency('urgent'),
    pressing: urgency('pressing'),
    ordinary: urgency('ordinary'),
    trapped: people('trapped'),
    missing: people('missing'),
    dead: people('dead'),
    warningsByLevel,
    warnings: warningsByLevel[1] + warningsByLevel[2] + warningsByLevel[3] + warningsByLevel[4],
    alarms: alarms.length,
    alarmsUnacknowledged: alarms.filter(({ acknowledgedBy }) => acknowledgedBy === undefined).length,
  }
}

/** What of the cockpit's own figures follows from the situation alone, by full code. */
export function situationCounts(situation: SituationLists, nowMs: number) {
  const counts = countSituation(situation, nowMs)
  return {
    'GOV.COCKPIT.INCIDENTS': counts.open,
    'GOV.COCKPIT.OVERDUE': counts.overdue,
    'GOV.COCKPIT.URGENT': counts.urgent,
    'GOV.COCKPIT.PRESSING': counts.pressing,
    'GOV.COCKPIT.ORDINARY': counts.ordinary,
    'GOV.COCKPIT.WARNINGS': counts.warnings,
    'GOV.COCKPIT.ALARMS': counts.alarms,
    'GOV.COCKPIT.TRAPPED': counts.trapped,
    'GOV.COCKPIT.MISSING': counts.missing,
    'GOV.COCKPIT.DEAD': counts.dead,
  } satisfies Partial<Record<CockpitCode, number>>
}

/** The cockpit's own figures by their full codes. `attentionCount` is how many items wait for a decision. */
export function cockpitCounts(
  situation: SituationLists,
  context: { nowMs: number; sources: readonly Pick<SourceHealth, 'state'>[]; attentionCount: number },
): Record<CockpitCode, number> & { 'GOV.DATA.ONE'?: number } {
  const [ok, all] = [context.sources.filter(({ state }) => state === 'ok').length, context.sources.length]
  return {
    // Without a source there is no share of them.
    ...(all > 0 ? { 'GOV.DATA.ONE': Math.round((ok / all) * 1_000) / 10 } : {}),
    ...situationCounts(situation, context.nowMs),
    'GOV.COCKPIT.DECISIONS': context.attentionCount,
    'GOV.COCKPIT.SOURCES_OK': ok,
    'GOV.COCKPIT.SOURCES_ALL': all,
  }
}
