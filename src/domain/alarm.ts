import type { Provenance } from './observation.ts'
import type { AlarmRule } from './rule.ts'
import type { LocalText } from './text.ts'

/** 监测告警: a rule of ours that fired. Never an official warning, never in its colours as if it were one. */
export interface Alarm {
  /** rule id @ series key: one alarm at a time per rule and series. */
  id: string
  rule: string
  name: LocalText
  level: AlarmRule['level']
  indicator: string
  region: string
  dims: Record<string, string>
  value: number
  /** The line it is beyond; null for a rule that draws none. */
  threshold: number | null
  /** The rule's condition in words; absent from alarms recorded before there was more than one kind. */
  condition?: LocalText
  unit: string
  provenance: Provenance
  /** When the condition began to hold, and when it had held long enough to fire. */
  since: string
  firedAt: string
  acknowledgedBy?: string
  acknowledgedAt?: string
  /** What who acknowledged it said. */
  comment?: string
  /** Out of the list until then, by whom. */
  shelvedUntil?: string
  shelvedBy?: string
  /** Whom it was handed over to. */
  heldBy?: string
  /** Shown as one with the others of this group. */
  group?: string
  /** Id of the alarm that speaks for this one. */
  inhibitedBy?: string
  /** Since when its series is stale: it can neither be confirmed nor cleared. */
  unsureSince?: string
}
