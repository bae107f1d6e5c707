import type { Incident } from '../../domain/incident.ts'
import type { Indicator } from '../../domain/indicator.ts'
import type { FigureView } from '../../stores/useFigure.ts'

const codes = {
  trapped: 'GOV.COCKPIT.TRAPPED',
  missing: 'GOV.COCKPIT.MISSING',
  dead: 'GOV.COCKPIT.DEAD',
} as const
type Kind = keyof typeof codes

/**
 * People of one incident as figures: the incident's own share of the counts the cockpit keeps for the city, from the
 * same folded record. Nothing where nobody is reported, because an unsaid number is not 0.
 */
export function peopleFigures(
  incident: Incident,
  indicators: ReadonlyMap<string, Indicator>,
): { key: Kind; figure: FigureView }[] {
  const { people } = incident
  if (!people) return []
  return (Object.keys(codes) as Kind[]).flatMap((key) => {
    const indicator = indicators.get(codes[key])
    if (!indicator || people[key] === 0) return []
    const observation: FigureView['observation'] = {
      indicator: indicator.code,
      region: incident.region,
      dims: { incident: incident.incident },
      period: { start: incident.reportedAt, end: incident.reportedAt, label: incident.reportedAt },
      value: people[key],
      unit: indicator.unit,
      status: 'P',
      flags: [],
      provenance: incident.provenance,
      source: 'situation',
      resultTime: incident.reportedAt,
      receivedAt: incident.reportedAt,
      revision: 0,
      lineage: incident.incident,
      comparisons: [],
    }
    return [{ key, figure: { indicator, observation, freshness: 'live', judgement: undefined, state: 'ok' } }]
  })
}
