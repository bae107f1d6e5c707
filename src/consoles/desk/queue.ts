import { deadlineOf, type Incident, isOverdue } from '../../domain/incident.ts'

export const queueFilters = ['all', 'overdue', 'urgent', 'pressing'] as const
export type QueueFilter = (typeof queueFilters)[number]

export interface QueueQuestion {
  nowMs: number
  filter: QueueFilter
  /** Words looked for; every one must occur. */
  text: string
  /** What of an incident is searched. */
  wordsOf(incident: Incident): string
}

/** Open incidents by remaining time: what is longest overdue stands first, then what ends soonest. */
export function queueOf(
  incidents: readonly Incident[],
  { nowMs, filter, text, wordsOf }: QueueQuestion,
): Incident[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
  return incidents
    .filter((incident) => incident.stage !== 'closed' && passes(incident, filter, nowMs))
    .filter((incident) => {
      const words = wordsOf(incident).toLowerCase()
      return wanted.every((word) => words.includes(word))
    })
    .toSorted((a, b) => deadlineMs(a) - deadlineMs(b) || (a.incident < b.incident ? -1 : 1))
}

function passes(incident: Incident, filter: QueueFilter, nowMs: number): boolean {
  if (filter === 'all') return true
  return filter === 'overdue' ? isOverdue(incident, nowMs) : incident.urgency === filter
}

function deadlineMs(incident: Incident): number {
  return Date.parse(deadlineOf(incident) ?? '')
}

/** Share of the running step's time that is used, 0 … 1, and how urgently that must be told. */
export function stepUse(
  incident: Incident,
  nowMs: number,
): { share: number; tone: 'calm' | 'soon' | 'over' } {
  const start = Date.parse(
    incident.stage === 'reported' ? incident.reportedAt : (incident.acceptedAt ?? incident.reportedAt),
  )
  const share = Math.min(1, Math.max(0, (nowMs - start) / (deadlineMs(incident) - start)))
  if (isOverdue(incident, nowMs)) return { share: 1, tone: 'over' }
  return { share, tone: share >= 0.8 ? 'soon' : 'calm' }
}

/** The neighbour in the queue for J and K; the first where the selected one is no longer in it. */
export function neighbour(
  queue: readonly Incident[],
  selected: string | undefined,
  step: 1 | -1,
): string | undefined {
  const at = queue.findIndex(({ incident }) => incident === selected)
  if (at === -1) return queue[0]?.incident
  return queue[Math.min(queue.length - 1, Math.max(0, at + step))]?.incident
}
