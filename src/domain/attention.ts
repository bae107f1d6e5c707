import * as v from 'valibot'
import type { Alarm } from './alarm.ts'
import { subjectsOf, type Subject } from './attention-subjects.ts'
import type { Incident } from './incident.ts'
import type { Indicator } from './indicator.ts'
import { DurationSchema, durationMs, type Instant, toInstant } from './instant.ts'
import type { Judgement } from './judgement.ts'
import type { Observation } from './observation.ts'
import { fillTemplate, type Segment, templateSchema } from './segment.ts'
import { type Language, type LocalText, LocalTextSchema } from './text.ts'
import type { Warning } from './warning.ts'
import { zonedFields, zonedMs } from './zone-time.ts'

export const attentionKinds = ['deviation', 'alarm', 'incident-overdue', 'incident-near', 'warning'] as const
export type AttentionKind = (typeof attentionKinds)[number]

const placeholders = ['name', 'gap', 'value', 'region', 'department', 'remaining', 'event', 'issuer'] as const
const TemplateSchema = templateSchema(placeholders)
const DepartmentIdSchema = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/))

const DeadlineSchema = v.union([
  /** So long after the subject began to matter (alarm fired, figure released). */
  v.strictObject({ within: DurationSchema }),
  /** That time of the city's clock, so many days from today; the next day once it has passed. */
  v.strictObject({
    at: v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
    days: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60)),
  }),
  /** The subject's own: the running clock of an incident, the end of a warning. */
  v.literal('own'),
])

const RuleSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)),
  on: v.picklist(attentionKinds),
  /** Which subjects; a rule without conditions takes all of its kind. The first rule that takes a subject keeps it. */
  match: v.optional(
    v.strictObject({
      indicators: v.optional(v.array(v.string())),
      domains: v.optional(v.array(v.string())),
      /** Gravest level that still counts, 1 … 4: alarms and warnings of this level or worse. */
      levelAtMost: v.optional(v.picklist([1, 2, 3, 4])),
      urgencies: v.optional(v.array(v.picklist(['urgent', 'pressing', 'ordinary']))),
      /** Somebody is trapped, missing or dead. */
      people: v.optional(v.boolean()),
      /** Deviations smaller than this (in 个百分点 or %) are no matter for leaders. */
      gapAtLeast: v.optional(v.pipe(v.number(), v.minValue(0))),
    }),
    {},
  ),
  /** Rank: base + step × severity, severity between 0 and 5 (see attention-subjects.ts). */
  score: v.strictObject({ base: v.number(), step: v.pipe(v.number(), v.minValue(0)) }),
  title: TemplateSchema,
  ask: TemplateSchema,
  /** Department id, or `owner`: who answers for the indicator or the incident. */
  lead: DepartmentIdSchema,
  assist: v.optional(v.array(DepartmentIdSchema)),
  deadline: DeadlineSchema,
  basis: LocalTextSchema,
})
export type AttentionRule = v.InferOutput<typeof RuleSchema>

/** attention.yaml: what is put before leaders, in which words, and who answers for it. */
export const AttentionSchema = v.pipe(
  v.strictObject({
    /** How many items the wall shows. */
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
    /** An incident is near its deadline when its running clock has no more left than this. */
    nearDeadline: DurationSchema,
    rules: v.pipe(v.array(RuleSchema), v.minLength(1)),
  }),
  v.check(
    ({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length,
    'every rule has its own id',
  ),
)
export type AttentionConfig = v.InferOutput<typeof AttentionSchema>

export interface AttentionFacts {
  nowMs: number
  zone: string
  judged: readonly { indicator: Indicator; observation: Observation; judgement: Judgement }[]
  alarms: readonly Alarm[]
  incidents: readonly Incident[]
  warnings: readonly Warning[]
  indicator(code: string): Indicator | undefined
  regionName(code: string, language: Language): string
  departmentName(id: string, language: Language): string
}

export interface AttentionItem {
  id: string
  rule: string
  kind: AttentionKind
  title: Segment[]
  ask: Segment[]
  lead: string
  assist: string[]
  deadline: Instant
  score: number
  basis: LocalText
  /** One synthetic figure or event makes the item synthetic. */
  synthetic: boolean
}

/** Everything that wants a leader's attention, most pressing first; equal scores by deadline, then id. Pure and total. */
export function attention(
  config: AttentionConfig,
  facts: AttentionFacts,
  language: Language = 'zh',
): AttentionItem[] {
  const items: AttentionItem[] = []
  for (const subject of subjectsOf(facts, durationMs(config.nearDeadline))) {
    const rule = config.rules.find((candidate) => takes(candidate, subject))
    if (rule) items.push(itemOf(rule, subject, facts, language))
  }
  return items.sort(
    (a, b) => b.score - a.score || Date.parse(a.deadline) - Date.parse(b.deadline) || (a.id < b.id ? -1 : 1),
  )
}

function takes({ on, match }: AttentionRule, subject: Subject): boolean {
  if (on !== subject.kind) return false
  const { indicator } = subject
  if (match.indicators && !(indicator && match.indicators.includes(indicator.code))) return false
  if (match.domains && !(indicator && match.domains.includes(indicator.code.slice(0, 3)))) return false
  if (match.levelAtMost !== undefined && !(subject.level !== undefined && subject.level <= match.levelAtMost))
    return false
  if (match.urgencies && !(subject.urgency && match.urgencies.includes(subject.urgency))) return false
  if (match.people !== undefined && subject.people !== match.people) return false
  return match.gapAtLeast === undefined || subject.gapSize >= match.gapAtLeast
}

function itemOf(
  rule: AttentionRule,
  subject: Subject,
  facts: AttentionFacts,
  language: Language,
): AttentionItem {
  const lead = rule.lead === 'owner' ? subject.owner : rule.lead
  const deadline = deadlineOf(rule, subject, facts)
  const fill = (name: string): Segment | undefined => {
    if (name === 'department') return { name: facts.departmentName(lead, language) }
    if (name === 'region') return { name: facts.regionName(subject.region, language) }
    if (name === 'remaining') return { until: deadline }
    return subject.segment(name, language)
  }
  return {
    id: `${rule.id}:${subject.id}`,
    rule: rule.id,
    kind: subject.kind,
    title: fillTemplate(rule.title, language, fill),
    ask: fillTemplate(rule.ask, language, fill),
    lead,
    assist: rule.assist ?? [],
    deadline,
    score: rule.score.base + rule.score.step * subject.severity,
    basis: rule.basis,
    synthetic: subject.synthetic,
  }
}

function deadlineOf({ deadline }: AttentionRule, subject: Subject, { nowMs, zone }: AttentionFacts): Instant {
  if (deadline === 'own') return toInstant(subject.ownDeadlineMs)
  if ('within' in deadline) return toInstant(subject.sinceMs + durationMs(deadline.within))
  const { year, month, day } = zonedFields(nowMs, zone)
  const [hour, minute] = deadline.at.split(':').map(Number)
  const at = (days: number): number => zonedMs(zone, year, month, day + days, hour, minute)
  return toInstant(at(deadline.days) > nowMs ? at(deadline.days) : at(deadline.days + 1))
}
