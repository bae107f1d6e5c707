import * as v from 'valibot'
import { InstantSchema } from './instant.ts'
import { RegionCodeSchema } from './region.ts'

const IdSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9:._-]{1,80}$/))
const PersonCountSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000))

/** 城市管理类事件的紧急程度; a grade (Ⅰ–Ⅳ) is set by a person and comes with the full state machine. */
export const urgencies = ['urgent', 'pressing', 'ordinary'] as const
export type Urgency = (typeof urgencies)[number]

export const IncidentReportSchema = v.strictObject({
  incident: IdSchema,
  title: v.pipe(v.string(), v.nonEmpty(), v.maxLength(60)),
  kind: v.pipe(v.string(), v.nonEmpty(), v.maxLength(30)),
  region: RegionCodeSchema,
  place: v.optional(
    v.strictObject({
      longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
      latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
    }),
  ),
  urgency: v.picklist(urgencies),
  origin: v.picklist(['hotline', 'sensor', 'patrol', 'unit', 'screen']),
  reportedAt: InstantSchema,
  /** 承办单位 (department id) and the instants by which it must be accepted and closed. */
  owner: v.pipe(v.string(), v.nonEmpty()),
  acceptBy: InstantSchema,
  closeBy: InstantSchema,
  people: v.optional(
    v.strictObject({ trapped: PersonCountSchema, missing: PersonCountSchema, dead: PersonCountSchema }),
  ),
  provenance: v.picklist(['real', 'synthetic']),
  /** Where it was made of things with a place: by which rule, of which (`collection/id`), as which source told when, and by how much. */
  finding: v.optional(
    v.strictObject({
      rule: IdSchema,
      features: v.pipe(v.array(v.pipe(v.string(), v.maxLength(170))), v.minLength(1), v.maxLength(4)),
      source: v.string(),
      resultTime: InstantSchema,
      squareMetres: v.optional(v.pipe(v.number(), v.minValue(0))),
      confidence: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    }),
  ),
})
export type IncidentReport = v.InferOutput<typeof IncidentReportSchema>

/** `stage` in this first form: 受理 waits for acceptance, 处置 is being handled, closed is 结案. */
export interface Incident extends IncidentReport {
  stage: 'reported' | 'accepted' | 'closed'
  /** When it happened in the world, where the sender could say, else when it was recorded; so is closedAt. */
  acceptedAt?: string
  acceptedBy?: string
  closedAt?: string
  result?: string
  /** Records so far, for optimistic concurrency. */
  sequence: number
}

/** The instant the running clock ends: acceptance first, then closing. */
export function deadlineOf(incident: Incident): string | undefined {
  if (incident.stage === 'closed') return undefined
  return incident.stage === 'reported' ? incident.acceptBy : incident.closeBy
}

export function isOverdue(incident: Incident, nowMs: number): boolean {
  const deadline = deadlineOf(incident)
  return deadline !== undefined && nowMs > Date.parse(deadline)
}
