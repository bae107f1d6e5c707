import type { Alarm } from './alarm.ts'
import type { CityRecord, Command, JournalRecord } from './command.ts'

/** What people may do with an alarm that stands. */
export type AlarmCommand = Extract<Command, { type: `alarm.${string}` }>
export type AlarmRecord = Extract<JournalRecord, { type: `alarm.${string}` }>
type Alarms = ReadonlyMap<string, Alarm>

/** The record that a command about an alarm becomes, or the reason why it is not carried out. */
export function decideAlarm(
  alarms: Alarms,
  command: AlarmCommand,
): { records: CityRecord[] } | { refused: string } {
  const alarm = alarms.get(command.payload.alarm)
  if (!alarm) return { refused: 'no such alarm' }
  switch (command.type) {
    case 'alarm.acknowledge':
      if (alarm.acknowledgedBy) return { refused: 'already acknowledged' }
      return { records: [{ type: 'alarm.acknowledged', payload: command.payload }] }
    case 'alarm.shelve':
      if (Date.parse(command.payload.until) <= Date.parse(alarm.firedAt))
        return { refused: 'an alarm must be shelved until after it fired' }
      return { records: [{ type: 'alarm.shelved', payload: command.payload }] }
    case 'alarm.unshelve':
      if (!alarm.shelvedUntil) return { refused: 'not shelved' }
      return { records: [{ type: 'alarm.unshelved', payload: command.payload }] }
    case 'alarm.hand-over':
      if (alarm.heldBy === command.payload.to) return { refused: 'already handed over to them' }
      return { records: [{ type: 'alarm.handed-over', payload: command.payload }] }
  }
}

/** The alarms after one more record; an unknown id changes nothing. */
export function alarmsAfter(alarms: Alarms, record: AlarmRecord): Alarms {
  if (record.type === 'alarm.fired') return new Map(alarms).set(record.payload.id, record.payload)
  const alarm = alarms.get(record.payload.alarm)
  if (!alarm) return alarms
  const changed = new Map(alarms)
  if (record.type === 'alarm.ended') changed.delete(alarm.id)
  else changed.set(alarm.id, cared(alarm, record))
  return changed
}

function cared(alarm: Alarm, record: Exclude<AlarmRecord, { type: 'alarm.fired' | 'alarm.ended' }>): Alarm {
  switch (record.type) {
    case 'alarm.acknowledged': {
      const { comment } = record.payload
      const by = { acknowledgedBy: record.actor, acknowledgedAt: record.at }
      return { ...alarm, ...by, ...(comment === undefined ? {} : { comment }) }
    }
    case 'alarm.shelved':
      return { ...alarm, shelvedUntil: record.payload.until, shelvedBy: record.actor }
    case 'alarm.unshelved': {
      const { shelvedUntil: _until, shelvedBy: _by, ...rest } = alarm
      return rest
    }
    case 'alarm.handed-over':
      return { ...alarm, heldBy: record.payload.to }
  }
}
