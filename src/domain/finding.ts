import * as v from 'valibot'
import { areaConflicts } from './area-conflict.ts'
import type { Command } from './command.ts'
import { type IncidentReport, urgencies } from './incident.ts'
import { DurationSchema, durationMs, toInstant } from './instant.ts'
import { CollectionIdSchema, type FeatureAnswer, type MapFeature } from './map-feature.ts'
import { centerOf } from './place-center.ts'
import { seeded } from './random.ts'

const shared = {
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,40}$/)),
  /** Of the incident; {name} is what was found, {other} what it lies in. No digit: a quantity stands in the record. */
  title: v.pipe(v.string(), v.nonEmpty(), v.maxLength(40), v.regex(/^\D*$/, 'a title holds no digit')),
  kind: v.pipe(v.string(), v.nonEmpty(), v.maxLength(30)),
  urgency: v.picklist(urgencies),
  /** 承办单位, and another one for things of a kind. */
  owner: v.string(),
  owners: v.optional(v.record(v.string(), v.string()), {}),
  acceptWithin: DurationSchema,
  closeWithin: DurationSchema,
}

/** features.yaml: what of the things with a place is worth a case, and whose. */
export const FindingRuleSchema = v.variant('on', [
  /** Every pair of the two collections that overlaps by a square metre or more; recorded by the gateway itself. */
  v.strictObject({
    ...shared,
    on: v.literal('overlap'),
    collection: CollectionIdSchema,
    within: CollectionIdSchema,
  }),
  /** Every spot that nobody dismissed; recorded by the gateway itself from that confidence up, else by hand. */
  v.strictObject({
    ...shared,
    on: v.literal('spot'),
    collection: CollectionIdSchema,
    automaticFrom: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  }),
])
export type FindingRule = v.InferOutput<typeof FindingRuleSchema>

/** One thing worth a case. The same thing found again, on whichever screen and however often, has the same incident. */
export interface Finding {
  rule: FindingRule
  incident: string
  /** The things it was found of, the first its place. */
  of: readonly MapFeature[]
  source: NonNullable<IncidentReport['finding']>
  synthetic: boolean
  /** True where the rule raises it without anybody's hand. */
  automatic: boolean
}

type Told = Pick<FeatureAnswer, 'collection' | 'source' | 'provenance' | 'resultTime' | 'features'>

/** Collections that a rule looks at. */
export function collectionsOf(rule: FindingRule): string[] {
  return rule.on === 'overlap' ? [rule.collection, rule.within] : [rule.collection]
}

/**
 * What a rule finds in what its collections say.
 * @param told one answer for each of `collectionsOf`, in that order
 */
export function findingsOf(rule: FindingRule, told: readonly Told[]): Finding[] {
  const [first, second] = told
  if (!first) return []
  if (rule.on === 'spot') return first.features.flatMap((spot) => spotFinding(rule, first, spot) ?? [])
  return second ? overlapFindings(rule, first, second) : []
}

function overlapFindings(rule: FindingRule, first: Told, second: Told): Finding[] {
  const things = new Map(first.features.map((one) => [one.id, one]))
  const areas = new Map(second.features.map((one) => [one.id, one]))
  return areaConflicts(first.features, second.features).map(({ project, area, squareMetres }) =>
    finding(rule, [first, second], [things.get(project)!, areas.get(area)!], {
      automatic: true,
      measure: { squareMetres: Math.round(squareMetres * 10) / 10 },
    }),
  )
}

function spotFinding(
  rule: Extract<FindingRule, { on: 'spot' }>,
  told: Told,
  spot: MapFeature,
): Finding | undefined {
  const { confidence, state } = spot.properties
  if (state === 'dismissed') return undefined
  const known = typeof confidence === 'number'
  return finding(rule, [told], [spot], {
    automatic: known && rule.automaticFrom !== undefined && confidence >= rule.automaticFrom,
    measure: known ? { confidence } : {},
  })
}

function finding(
  rule: FindingRule,
  told: readonly Told[],
  of: readonly MapFeature[],
  { automatic, measure }: Pick<Finding, 'automatic'> & { measure: object },
): Finding {
  const features = of.map(({ id }, index) => `${told[index]!.collection}/${id}`)
  const { source, resultTime } = told[0]!
  return {
    rule,
    incident: incidentId(rule.id, features),
    of,
    source: { rule: rule.id, features, source, resultTime, ...measure },
    synthetic: told.some(({ provenance }) => provenance === 'synthetic'),
    automatic,
  }
}

/** Ids of features may be of any length and script, an incident's may not: 64 bits of the names, spread over 21 digits, the same everywhere. */
function incidentId(rule: string, features: readonly string[]): string {
  const stream = seeded(rule, ...features)
  const words = Array.from({ length: 3 }, () => stream.nextUint32().toString(36).padStart(7, '0'))
  return `FND-${words.join('').toUpperCase()}`
}

/**
 * The case as it is reported. Its command carries the incident's own id, so two screens and the gateway may all send it and
 * one is recorded.
 * @param region what has no region of its own lies in
 */
export function reportCommand(
  { rule, incident, of, source, synthetic, automatic }: Finding,
  { nowMs, region }: { nowMs: number; region: string },
): Extract<Command, { type: 'incident.report' }> {
  const [thing, other] = of as [MapFeature, MapFeature?]
  const [longitude, latitude] = centerOf(thing.geometry)
  const owner = of.map(({ properties }) => rule.owners[String(properties['kind'])]).find(Boolean)
  return {
    id: `finding:${incident}`,
    type: 'incident.report',
    stream: `incident:${incident}`,
    payload: {
      incident,
      title: titleOf(rule, thing, other),
      kind: rule.kind,
      region: of.map(({ properties }) => properties.region).find((code) => code !== undefined) ?? region,
      place: { longitude, latitude },
      urgency: rule.urgency,
      origin: automatic ? 'sensor' : 'screen',
      reportedAt: toInstant(nowMs),
      owner: owner ?? rule.owner,
      acceptBy: toInstant(nowMs + durationMs(rule.acceptWithin)),
      closeBy: toInstant(nowMs + durationMs(rule.closeWithin)),
      provenance: synthetic ? 'synthetic' : 'real',
      finding: source,
    },
  }
}

const longestTitle = 60

function titleOf({ title }: FindingRule, thing: MapFeature, other: MapFeature | undefined): string {
  const name = (feature: MapFeature | undefined): string => feature?.properties.name ?? feature?.id ?? ''
  const whole = title.replace(/\{(name|other)\}/g, (_, place) => name(place === 'name' ? thing : other))
  // Half of a character that is cut in two is none, and no database takes it.
  return whole.slice(0, longestTitle).replace(/[\uD800-\uDBFF]$/, '')
}
