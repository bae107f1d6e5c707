import type { Alarm } from './alarm.ts'
import { alarmsAfter, decideAlarm } from './alarm-care.ts'
import type { CityRecord, Command, JournalRecord } from './command.ts'
import type { Incident } from './incident.ts'
import type { Warning } from './warning.ts'

/** Everything the journal says is true at one instant: one fold, shared by gateway, screens and replay. */
export interface Situation {
  mode: 'peace' | 'emergency'
  incidents: ReadonlyMap<string, Incident>
  warnings: ReadonlyMap<string, Warning>
  alarms: ReadonlyMap<string, Alarm>
  /** Records per stream, for expectedSequence. */
  streams: ReadonlyMap<string, number>
  /** Sequence of the last record folded. */
  sequence: number
}

export const emptySituation: Situation = {
  mode: 'peace',
  incidents: new Map(),
  warnings: new Map(),
  alarms: new Map(),
  streams: new Map(),
  sequence: 0,
}

export type Decision =
  | { records: CityRecord[] }
  | { refused: string }
  | { conflict: { expected: number; actual: number } }

type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** What happens when somebody commands something: records, or the reason why not. Pure; never throws. */
export function decide(situation: Situation, command: Command): Decision {
  const actual = situation.streams.get(command.stream) ?? 0
  if (command.expectedSequence !== undefined && command.expectedSequence !== actual) {
    return { conflict: { expected: command.expectedSequence, actual } }
  }
  switch (command.type) {
    case 'incident.report':
      return decideReport(situation, command)
    case 'incident.accept':
    case 'incident.close':
      return decideStage(situation, command)
    case 'warning.record':
      return decideWarning(situation, command)
    case 'warning.cancel':
      return situation.warnings.has(command.payload.warning)
        ? { records: [{ type: 'warning.cancelled', payload: command.payload }] }
        : { refused: 'no such warning' }
    case 'alarm.acknowledge':
    case 'alarm.shelve':
    case 'alarm.unshelve':
    case 'alarm.hand-over':
      return decideAlarm(situation.alarms, command)
    case 'mode.switch': {
      const { mode, order } = command.payload
      if (mode === situation.mode) return { refused: 'already in that mode' }
      return {
        records: [{ type: 'mode.switched', payload: order === undefined ? { mode } : { mode, order } }],
      }
    }
  }
}

/** The issuer may change a warning under its id; the same words twice are a repetition. */
function decideWarning(situation: Situation, { payload }: Of<'warning.record'>): Decision {
  if (Date.parse(payload.expiresAt) <= Date.parse(payload.sentAt))
    return { refused: 'a warning must expire after it was sent' }
  const known = situation.warnings.get(payload.id)
  if (known && JSON.stringify(known) === JSON.stringify(payload))
    return { refused: 'warning already recorded' }
  return { records: [{ type: 'warning.recorded', payload }] }
}

const tooEarly = 'a stage cannot have been reached before the one before it'

function decideReport(
  situation: Situation,
  { payload: { acceptedAt, ...payload } }: Of<'incident.report'>,
): Decision {
  if (situation.incidents.has(payload.incident)) return { refused: 'incident already reported' }
  const [reported, acceptBy, closeBy] = [payload.reportedAt, payload.acceptBy, payload.closeBy].map(
    Date.parse,
  )
  if (acceptBy! < reported! || closeBy! < acceptBy!)
    return { refused: 'deadlines must follow the report: reportedAt ≤ acceptBy ≤ closeBy' }
  const reportRecord: CityRecord = { type: 'incident.reported', payload }
  if (acceptedAt === undefined) return { records: [reportRecord] }
  if (Date.parse(acceptedAt) < reported!) return { refused: tooEarly }
  const accepted = { incident: payload.incident, occurredAt: acceptedAt }
  return { records: [reportRecord, { type: 'incident.accepted', payload: accepted }] }
}

function decideStage(situation: Situation, command: Of<'incident.accept'> | Of<'incident.close'>): Decision {
  const incident = situation.incidents.get(command.payload.incident)
  if (!incident) return { refused: 'no such incident' }
  if (incident.stage === 'closed') return { refused: 'incident is closed' }
  const occurredMs = Date.parse(command.payload.occurredAt ?? '')
  if (command.type === 'incident.accept') {
    if (incident.stage !== 'reported') return { refused: 'incident is already accepted' }
    if (occurredMs < Date.parse(incident.reportedAt)) return { refused: tooEarly }
    return { records: [{ type: 'incident.accepted', payload: command.payload }] }
  }
  if (incident.stage !== 'accepted') return { refused: 'incident must be accepted before it is closed' }
  if (occurredMs < Date.parse(incident.acceptedAt ?? incident.reportedAt)) return { refused: tooEarly }
  return { records: [{ type: 'incident.closed', payload: command.payload }] }
}

/** The situation after one more record. Pure; unknown ids change nothing, so a partial view may fold a full log. */
export function evolve(situation: Situation, record: JournalRecord): Situation {
  const streams = new Map(situation.streams).set(
    record.stream,
    (situation.streams.get(record.stream) ?? 0) + 1,
  )
  return { ...situation, ...change(situation, record), streams, sequence: record.sequence }
}

function change(situation: Situation, record: JournalRecord): Partial<Situation> {
  switch (record.type) {
    case 'incident.reported':
      return {
        incidents: new Map(situation.incidents).set(record.payload.incident, {
          ...record.payload,
          stage: 'reported',
          sequence: 1,
        }),
      }
    case 'incident.accepted':
      return withIncident(situation, record.payload.incident, {
        stage: 'accepted',
        acceptedAt: record.payload.occurredAt ?? record.at,
        acceptedBy: record.actor,
      })
    case 'incident.closed':
      return withIncident(situation, record.payload.incident, {
        stage: 'closed',
        closedAt: record.payload.occurredAt ?? record.at,
        result: record.payload.result,
      })
    case 'warning.recorded':
      return { warnings: new Map(situation.warnings).set(record.payload.id, record.payload) }
    case 'warning.cancelled':
      return { warnings: without(situation.warnings, record.payload.warning) }
    case 'alarm.fired':
    case 'alarm.ended':
    case 'alarm.acknowledged':
    case 'alarm.shelved':
    case 'alarm.unshelved':
    case 'alarm.handed-over':
      return { alarms: alarmsAfter(situation.alarms, record) }
    case 'mode.switched':
      return { mode: record.payload.mode }
    case 'city.changed':
      return {}
  }
}

function withIncident(situation: Situation, id: string, patch: Partial<Incident>): Partial<Situation> {
  const incident = situation.incidents.get(id)
  if (!incident) return {}
  return {
    incidents: new Map(situation.incidents).set(id, {
      ...incident,
      ...patch,
      sequence: incident.sequence + 1,
    }),
  }
}

function without<T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  const rest = new Map(map)
  rest.delete(id)
  return rest
}
