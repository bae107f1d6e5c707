import type { Indicator } from './indicator.ts'
import { toInstant } from './instant.ts'
import type { Comparison, Observation, Period, QualityFlag } from './observation.ts'
import { parsePeriodLabel, periodOf } from './period.ts'
import type { Source } from './source.ts'
import { convert } from './unit.ts'

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
  lineage: {
    request: string
    rawSha256: string
    steps: { step: string; detail: string }[]
    /** The row as delivered, 2,000 characters at most, and where it stood: page 2 row 7, sheet 收入 row 12, topic, sequence. */
    record?: { place: string; text: string }
  }
}

/** A row that could not be read: told to the operator with its place, never dropped in silence. */
export interface Refusal {
  row: string
  reason: string
}

/** An observation before the gateway gives it its lineage and the store its revision. */
export type DraftObservation = Omit<Observation, 'revision' | 'lineage'>

export interface ReadingContext {
  receivedAt: string
  /** The city's IANA zone. */
  zone: string
  knownRegion(code: string): boolean
}

/** A source's clock may run ahead by this much before its word counts as skewed. */
const toleranceMs = 5_000

/**
 * The observation a reading tells of, in the indicator's base unit and with the period of its frequency and basis, or the
 * reason why it cannot be taken. A value outside the valid range or ahead of the clock is kept and flagged.
 */
export function observationFrom(
  indicator: Indicator,
  source: Pick<Source, 'id' | 'provenance'>,
  reading: Reading,
  context: ReadingContext,
): { observation: DraftObservation } | { refused: string } {
  const refused = refusalOf(indicator, reading, context)
  if (refused) return { refused }
  const period = periodFrom(indicator, reading, context.zone)
  if (typeof period === 'string') return { refused: period }
  const values = inBaseUnit(indicator, reading)
  if ('error' in values) return { refused: values.error }
  const resultTime =
    reading.resultTime === undefined ? context.receivedAt : toInstant(Date.parse(reading.resultTime))
  const flags = new Set(reading.flags)
  if (reading.unit !== indicator.unit) flags.add('unit-converted')
  if (outOfRange(indicator, values.value)) flags.add('out-of-range')
  if (isAhead(indicator, reading, period, resultTime, context)) flags.add('clock-skew')
  return {
    observation: {
      indicator: indicator.code,
      region: reading.region,
      dims: reading.dims,
      period,
      value: values.value,
      unit: indicator.unit,
      status: reading.status ?? (values.value === null ? 'M' : 'A'),
      flags: [...flags],
      provenance: source.provenance,
      source: source.id,
      resultTime,
      receivedAt: context.receivedAt,
      ...(values.interval ? { interval: values.interval } : {}),
      comparisons: (reading.comparisons ?? []).map((comparison) => ({ ...comparison, published: true })),
    },
  }
}

function refusalOf(indicator: Indicator, reading: Reading, context: ReadingContext): string | undefined {
  if (indicator.derivation === 'situation')
    return `${indicator.code} is counted by the cockpit itself, no source may set it`
  if (!context.knownRegion(reading.region)) return `region ${reading.region} is not in the city's region tree`
  if (reading.value !== null && !Number.isFinite(reading.value))
    return `value ${reading.value} is no finite number`
  if (reading.resultTime !== undefined && Number.isNaN(Date.parse(reading.resultTime)))
    return `release time ${reading.resultTime} is no instant`
  for (const [key, value] of Object.entries(reading.dims)) {
    const dimension = indicator.dimensions.find((candidate) => candidate.key === key)
    if (!dimension) return `${indicator.code} has no dimension ${key}`
    if (dimension.codes && !dimension.codes.some((code) => code.value === value))
      return `${value} is no code of dimension ${key} of ${indicator.code}`
  }
  const bad = reading.comparisons?.find((comparison) => !Number.isFinite(comparison.value))
  return bad && `published ${bad.kind} ${bad.value} is no finite number`
}

function periodFrom(indicator: Indicator, { at }: Reading, zone: string): Period | string {
  const { freq, timeBasis, jointFirstPeriods } = indicator
  if ('label' in at)
    return (
      parsePeriodLabel(at.label, freq, timeBasis, zone, { jointFirstPeriods }) ??
      `period ${at.label} is none of a ${timeBasis} figure of frequency ${freq}`
    )
  const ms = Date.parse(at.instant)
  // A time without an offset would be read in the machine's own zone.
  if (Number.isNaN(ms) || !/(Z|[+-]\d\d:\d\d)$/.test(at.instant))
    return `time ${at.instant} is no instant with an offset`
  return periodOf(freq, timeBasis, ms, zone, { jointFirstPeriods })
}

type BaseValues = { value: number | null; interval?: { level: number; lower: number; upper: number }[] }

function inBaseUnit(
  indicator: Indicator,
  { value, unit, interval }: Reading,
): BaseValues | { error: string } {
  let error: string | undefined
  const base = (number: number): number => {
    const converted = convert(number, unit, indicator.unit)
    if ('value' in converted) return converted.value
    error = `${indicator.code}: ${converted.error}`
    return number
  }
  // Even a missing value must come in a unit that fits, or its next one will be refused.
  base(1)
  const values = {
    value: value === null ? null : base(value),
    ...(interval
      ? {
          interval: interval.map(({ level, lower, upper }) => ({
            level,
            lower: base(lower),
            upper: base(upper),
          })),
        }
      : {}),
  }
  return error === undefined ? values : { error }
}

function outOfRange({ validity: { min, max } }: Indicator, value: number | null): boolean {
  return value !== null && ((min !== undefined && value < min) || (max !== undefined && value > max))
}

/** A figure of a period that has not begun, or released in the future. A forecast speaks of the future by right. */
function isAhead(
  indicator: Indicator,
  reading: Reading,
  period: Period,
  resultTime: string,
  context: ReadingContext,
): boolean {
  const latestMs = Date.parse(context.receivedAt) + toleranceMs
  if (Date.parse(resultTime) > latestMs) return true
  if (reading.status === 'F') return false
  const current = periodOf(indicator.freq, indicator.timeBasis, latestMs, context.zone, indicator)
  return Date.parse(period.end) > Date.parse(current.end)
}
