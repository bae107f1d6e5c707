import type { Alarm } from './alarm.ts'
import { freshnessLimits } from './freshness.ts'
import type { Indicator } from './indicator.ts'
import { durationMs, toInstant } from './instant.ts'
import { type Observation, seriesKey } from './observation.ts'
import { type AlarmRule, type Threshold, thresholdOf } from './rule.ts'

/** What a rule remembers of one series. */
export interface RuleState {
  /** Since when the condition has held without a break; absent while it does not hold. */
  sinceMs?: number
  /** Time of the last value that was looked at. */
  seenMs?: number
  /** The alarm that stands. */
  alarm?: string
}

export const quietRule: RuleState = {}

export interface RuleOutcome {
  state: RuleState
  fired?: Alarm
  /** Id of the alarm that ended. */
  ended?: string
}

/** State of a rule whose alarm stands on the journal, for a gateway that starts again. */
export function standing(alarm: Pick<Alarm, 'id' | 'since'>): RuleState {
  return { sinceMs: Date.parse(alarm.since), alarm: alarm.id }
}

export function alarmId(
  rule: Pick<AlarmRule, 'id'>,
  observation: Pick<Observation, 'indicator' | 'region' | 'dims'>,
): string {
  return `${rule.id}@${seriesKey(observation.indicator, observation.region, observation.dims)}`
}

type RuledIndicator = Pick<Indicator, 'code' | 'freq' | 'freshness'>

/**
 * One more look at a series. The alarm fires once the condition has held for `for` without a break, and ends when the value
 * is back past `clear`. A missing value, one older than staleAfter and one out of order change nothing: a silent source
 * neither raises nor lowers an alarm; after a silence longer than staleAfter the count starts again. `once`: a published historical figure, never an alarm.
 */
export function evaluateRule(
  rule: AlarmRule,
  indicator: RuledIndicator,
  observation: Observation,
  previous: RuleState,
  nowMs: number,
  options: { once?: boolean } = {},
): RuleOutcome {
  const line = thresholdOf(rule)
  const watched = rule.enabled !== false && (rule.regions?.includes(observation.region) ?? true)
  if (!watched || !line) return unwatched(previous)
  const { staleAfterMs } = freshnessLimits(indicator)
  const atMs = Date.parse(observation.period.end)
  const { value } = observation
  const silent =
    options.once === true || value === null || nowMs - atMs > staleAfterMs || observation.status === 'F'
  if (silent || (previous.seenMs !== undefined && atMs < previous.seenMs)) return { state: previous }
  const seen = { ...previous, seenMs: atMs }
  if (previous.alarm !== undefined) return standingOutcome(line, value, seen, previous.alarm)
  if (!holds(line, value)) return { state: { seenMs: atMs } }
  const broken = previous.seenMs !== undefined && atMs - previous.seenMs > staleAfterMs
  const sinceMs = broken ? atMs : (previous.sinceMs ?? atMs)
  // An event-driven figure keeps its value until the next event, so the clock counts; others must say it again.
  const heldMs = (indicator.freq === 'E' ? nowMs : atMs) - sinceMs
  if (heldMs < (rule.for === undefined ? 0 : durationMs(rule.for))) return { state: { ...seen, sinceMs } }
  const alarm = fire({ rule, line }, observation, value, sinceMs, nowMs)
  return { state: { ...seen, sinceMs, alarm: alarm.id }, fired: alarm }
}

/** A region that a changed rule no longer watches, or a rule put out of force: what stood there ends. */
function unwatched(previous: RuleState): RuleOutcome {
  return previous.alarm === undefined ? { state: quietRule } : { state: quietRule, ended: previous.alarm }
}

function standingOutcome(line: Threshold, value: number, seen: RuleState, alarm: string): RuleOutcome {
  return cleared(line, value) ? { state: { seenMs: seen.seenMs! }, ended: alarm } : { state: seen }
}

function holds({ op, value: threshold }: Threshold, value: number): boolean {
  switch (op) {
    case '>':
      return value > threshold
    case '>=':
      return value >= threshold
    case '<':
      return value < threshold
    case '<=':
      return value <= threshold
  }
}

/** Past the clearing value on the good side; without one, as soon as the condition no longer holds. */
function cleared(line: Threshold, value: number): boolean {
  const { op, clear } = line
  if (holds(line, value)) return false
  if (clear === undefined) return true
  return op === '>' || op === '>=' ? value <= clear : value >= clear
}

function fire(
  { rule, line }: { rule: AlarmRule; line: Threshold },
  observation: Observation,
  value: number,
  sinceMs: number,
  nowMs: number,
): Alarm {
  return {
    id: alarmId(rule, observation),
    rule: rule.id,
    name: rule.name,
    level: rule.level,
    indicator: observation.indicator,
    region: observation.region,
    dims: observation.dims,
    value,
    threshold: line.value,
    unit: observation.unit,
    provenance: observation.provenance,
    since: toInstant(sinceMs),
    firedAt: toInstant(nowMs),
  }
}
