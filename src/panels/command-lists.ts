import { deadlineOf, type Incident, isOverdue, urgencies } from '../domain/incident.ts'
import { inForce, type Warning } from '../domain/warning.ts'

/** Warnings in force, the gravest first; within a level the newest. */
export function runningWarnings(warnings: readonly Warning[], nowMs: number): Warning[] {
  return warnings
    .filter((warning) => inForce(warning, nowMs))
    .toSorted((a, b) => a.level - b.level || Date.parse(b.sentAt) - Date.parse(a.sentAt))
}

/** Open incidents: overdue first, then by urgency, then by who runs out of time first. */
export function openIncidents(incidents: readonly Incident[], nowMs: number): Incident[] {
  const deadline = (incident: Incident): number => Date.parse(deadlineOf(incident) ?? incident.closeBy)
  return incidents
    .filter(({ stage }) => stage !== 'closed')
    .toSorted(
      (a, b) =>
        Number(isOverdue(b, nowMs)) - Number(isOverdue(a, nowMs)) ||
        urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency) ||
        deadline(a) - deadline(b),
    )
}
