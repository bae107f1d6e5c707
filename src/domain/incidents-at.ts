import type { Incident } from './incident.ts'
import type { Warning } from './warning.ts'

/** The incidents that were known at an instant, each at the stage it had reached then. Closed ones keep standing as closed. */
export function incidentsAt(incidents: readonly Incident[], atMs: number): Incident[] {
  const reached = (instant: string | undefined): boolean =>
    instant !== undefined && Date.parse(instant) <= atMs
  return incidents
    .filter(({ reportedAt }) => reached(reportedAt))
    .map((incident) => {
      // Without a word about when, it was closed after the last thing known of it: never open again once it is closed.
      const closedAt = incident.closedAt ?? incident.acceptedAt ?? incident.reportedAt
      if (incident.stage === 'closed' && !reached(closedAt)) {
        const { closedAt: _closed, result: _result, ...open } = incident
        return stageAt({ ...open, stage: 'accepted' }, reached)
      }
      return stageAt(incident, reached)
    })
}

function stageAt(incident: Incident, reached: (instant: string | undefined) => boolean): Incident {
  if (incident.stage !== 'accepted' || reached(incident.acceptedAt)) return incident
  const { acceptedAt: _accepted, acceptedBy: _by, ...open } = incident
  return { ...open, stage: 'reported' }
}

/** The warnings that held at an instant, of those the page still knows: a cancelled one is in nobody's list any more. */
export function warningsAt(warnings: readonly Warning[], atMs: number): Warning[] {
  return warnings.filter(
    ({ sentAt, expiresAt }) => Date.parse(sentAt) <= atMs && atMs < Date.parse(expiresAt),
  )
}
