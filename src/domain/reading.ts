import type { Comparison, QualityFlag } from './observation.ts'

/** One value as a source told it, before the gateway checks unit, range and period. */
export interface Reading {
  region: string
  dims: Record<string, string>
  /** What period it speaks of; the gateway makes the full period from it by the indicator's frequency and basis. */
  at: { instant: string } | { label: string }
  /** null is "the source says there is none", never 0. */
  value: number | null
  /** UCUM code as delivered: 10*8.CNY for 亿元. */
  unit: string
  status?: 'A' | 'B' | 'E' | 'F' | 'I' | 'M' | 'P' | 'U'
  flags?: QualityFlag[]
  /** When the source released it; the answer's own time when absent. */
  resultTime?: string
  /** Growth rates that the source itself published; never recomputed from levels. */
  comparisons?: Comparison[]
  interval?: { level: number; lower: number; upper: number }[]
  lineage: { request: string; rawSha256: string; steps: { step: string; detail: string }[] }
}

/** A row that could not be read: told to the operator with its place, never dropped in silence. */
export interface Refusal {
  row: string
  reason: string
}
