import type { AlarmRule } from './indicator.ts'
import type { Provenance } from './observation.ts'

/** 监测告警: a rule of ours that fired. Never an official warning, never in its colours as if it were one. */
export interface Alarm {
  /** rule id @ series key: one alarm at a time per rule and series. */
  id: string
  rule: string
  name: { zh: string; en?: string | undefined }
  level: AlarmRule['level']
  indicator: string
  region: string
  dims: Record<string, string>
  value: number
  threshold: number
  unit: string
  provenance: Provenance
  /** When the condition began to hold, and when it had held long enough to fire. */
  since: string
  firedAt: string
  acknowledgedBy?: string
  acknowledgedAt?: string
}
