import * as v from 'valibot'
import type { Alarm } from './alarm.ts'
import { IncidentReportSchema } from './incident.ts'
import { InstantSchema } from './instant.ts'
import { WarningSchema } from './warning.ts'

// An alarm's id names its series, whose dimension values may be Chinese.
const IdSchema = v.pipe(v.string(), v.regex(/^[^\s\p{Cc}]{1,200}$/u))
const NoteSchema = v.pipe(v.string(), v.maxLength(500))

const envelope = {
  /** Chosen by the sender; the same id twice is the same command. */
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9:._-]{8,100}$/)),
  stream: IdSchema,
  /** Number of records the sender has seen on this stream; absent where it does not matter. */
  expectedSequence: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
}

/** What a screen, a duty officer or the simulator may ask for. One schema, checked once, at the gateway's edge. */
export const CommandSchema = v.variant('type', [
  v.strictObject({
    ...envelope,
    type: v.literal('incident.report'),
    /** An incident of another system may have been accepted there before it is told here: both are recorded at once. */
    payload: v.strictObject({ ...IncidentReportSchema.entries, acceptedAt: v.optional(InstantSchema) }),
  }),
  v.strictObject({
    ...envelope,
    type: v.literal('incident.accept'),
    payload: v.strictObject({ incident: IdSchema, occurredAt: v.optional(InstantSchema) }),
  }),
  v.strictObject({
    ...envelope,
    type: v.literal('incident.close'),
    payload: v.strictObject({
      incident: IdSchema,
      result: v.pipe(NoteSchema, v.nonEmpty()),
      occurredAt: v.optional(InstantSchema),
    }),
  }),
  v.strictObject({ ...envelope, type: v.literal('warning.record'), payload: WarningSchema }),
  v.strictObject({
    ...envelope,
    type: v.literal('warning.cancel'),
    payload: v.strictObject({ warning: IdSchema }),
  }),
  v.strictObject({
    ...envelope,
    type: v.literal('alarm.acknowledge'),
    payload: v.strictObject({ alarm: IdSchema, comment: v.optional(v.pipe(NoteSchema, v.nonEmpty())) }),
  }),
  v.strictObject({
    ...envelope,
    type: v.literal('alarm.shelve'),
    payload: v.strictObject({
      alarm: IdSchema,
      until: InstantSchema,
      reason: v.pipe(NoteSchema, v.nonEmpty()),
    }),
  }),
  v.strictObject({
    ...envelope,
    type: v.literal('alarm.unshelve'),
    payload: v.strictObject({ alarm: IdSchema }),
  }),
  v.strictObject({
    ...envelope,
    type: v.literal('alarm.hand-over'),
    /** To a post or a unit, never to a person by name. */
    payload: v.strictObject({ alarm: IdSchema, to: v.pipe(NoteSchema, v.nonEmpty()), note: NoteSchema }),
  }),
  v.strictObject({
    ...envelope,
    type: v.literal('mode.switch'),
    payload: v.strictObject({ mode: v.picklist(['peace', 'emergency']), order: v.optional(NoteSchema) }),
  }),
])
export type Command = v.InferOutput<typeof CommandSchema>

/**
 * When the sender says that a stage was reached in the world. Only a system that tells of what happened elsewhere may say
 * so; what a person does here happens when it is recorded.
 */
export function toldInstant({ payload }: Command): string | undefined {
  if ('occurredAt' in payload) return payload.occurredAt
  return 'acceptedAt' in payload ? payload.acceptedAt : undefined
}

/** What happened, as it stands on the journal. `actor` and `at` are the gateway's, never the sender's. */
// `occurredAt` is when a stage was reached in the world, where the sender could say; without it, the record's own `at`.
export type CityRecord =
  | { type: 'incident.reported'; payload: v.InferOutput<typeof IncidentReportSchema> }
  | { type: 'incident.accepted'; payload: { incident: string; occurredAt?: string | undefined } }
  | {
      type: 'incident.closed'
      payload: { incident: string; result: string; occurredAt?: string | undefined }
    }
  | { type: 'warning.recorded'; payload: v.InferOutput<typeof WarningSchema> }
  | { type: 'warning.cancelled'; payload: { warning: string } }
  | { type: 'alarm.fired'; payload: Alarm }
  | { type: 'alarm.ended'; payload: { alarm: string } }
  | { type: 'alarm.acknowledged'; payload: { alarm: string; comment?: string | undefined } }
  | { type: 'alarm.shelved'; payload: { alarm: string; until: string; reason: string } }
  | { type: 'alarm.unshelved'; payload: { alarm: string } }
  | { type: 'alarm.handed-over'; payload: { alarm: string; to: string; note: string } }
  | { type: 'mode.switched'; payload: { mode: 'peace' | 'emergency'; order?: string } }
  /** A city's files were taken in: which packs stand from then on, and what that changed of definitions. */
  | {
      type: 'city.changed'
      payload: {
        hash: string
        packs: { id: string; version: number; sha256: string }[]
        changes: { code: string; field: string; from: string; to: string }[]
      }
    }

/** One line of the hash-chained journal. `sequence` is the gateway's one global sequence and the SSE id. */
export type JournalRecord = CityRecord & {
  sequence: number
  at: string
  actor: string
  stream: string
  command: string
  previous: string
  hash: string
}

/** Which SSE event a record travels as. */
export function eventNameOf(record: CityRecord): RecordEvent {
  return record.type.split('.')[0] as RecordEvent
}

type RecordEvent = 'incident' | 'warning' | 'alarm' | 'mode' | 'city'
