import { toInstant } from '../../src/domain/instant.ts'
import type { Observation } from '../../src/domain/observation.ts'
import type { NewObservation } from './store.ts'

/** One series as both engines keep it in their dictionary; dims sorted by key, as JSON. */
export interface Series {
  id: number
  indicator: string
  region: string
  dims: Record<string, string>
}

/** Every column of table observations, in the order in which rows are appended. */
export const columns = [
  'sequence',
  'series',
  'revision',
  'period_start',
  'period_end',
  'label',
  'value',
  'unit',
  'status',
  'flags',
  'provenance',
  'source',
  'result_time',
  'received_at',
  'lineage',
  'intervals',
  'comparisons',
] as const

/** Times are UTC milliseconds since 1970; lists are JSON, or null when empty, which costs a column store nothing. */
export interface Row {
  sequence: number
  series: number
  revision: number
  period_start: number
  period_end: number
  label: string
  value: number | null
  unit: string
  status: string
  flags: string | null
  provenance: string
  source: string
  result_time: number
  received_at: number
  lineage: string
  intervals: string | null
  comparisons: string | null
}

/** As a driver gives it: 64-bit integers come as bigint (DuckDB) or text (PostgreSQL). */
export type DriverRow = { [K in keyof Row]: Row[K] | bigint | string }

/** Milliseconds since 1970 of an RFC 3339 instant; finer digits are cut off. */
export const instantMs = remembered((instant: string): number => {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${instant}`)
  return ms
})

const instantText = remembered(toInstant)

/** The rows of a batch share most of their instants, and reading one is most of what a row costs. */
function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    if (made.size >= 20_000) made.clear()
    made.set(key, value)
    return value
  }
}

/** Equal dims give equal text, whatever order their keys came in; no character of a key or value can forge a border. */
export function dimsText(dims: Readonly<Record<string, string>>): string {
  const entries = Object.entries(dims)
  if (entries.length === 0) return '{}'
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))))
}

/** Identity of a series, safe against any text inside dims (the readable seriesKey of the domain is not). */
export function seriesIdentity(
  indicator: string,
  region: string,
  dims: Readonly<Record<string, string>>,
): string {
  return `${indicator}\n${region}\n${dimsText(dims)}`
}

/** The observation with every instant in UTC, as it will be read back; a number that is not finite is a bug of the caller. */
export function normalised(observation: NewObservation, revision: number): Observation {
  const { value, period, resultTime, receivedAt } = observation
  if (value !== null && !Number.isFinite(value))
    throw new RangeError(`${observation.indicator}: ${value} is no value`)
  return {
    ...observation,
    period: {
      start: instantText(instantMs(period.start)),
      end: instantText(instantMs(period.end)),
      label: period.label,
    },
    resultTime: instantText(instantMs(resultTime)),
    receivedAt: instantText(instantMs(receivedAt)),
    revision,
  }
}

export function toRow(observation: Observation, series: number, sequence: number): Row {
  const { period } = observation
  return {
    sequence,
    series,
    revision: observation.revision,
    period_start: instantMs(period.start),
    period_end: instantMs(period.end),
    label: period.label,
    value: observation.value,
    unit: observation.unit,
    status: observation.status,
    flags: listText(observation.flags),
    provenance: observation.provenance,
    source: observation.source,
    result_time: instantMs(observation.resultTime),
    received_at: instantMs(observation.receivedAt),
    lineage: observation.lineage,
    intervals: observation.interval === undefined ? null : JSON.stringify(observation.interval),
    comparisons: listText(observation.comparisons),
  }
}

export function fromRow(row: DriverRow, series: Omit<Series, 'id'>): Observation {
  return {
    indicator: series.indicator,
    region: series.region,
    dims: series.dims,
    period: {
      start: instantText(Number(row.period_start)),
      end: instantText(Number(row.period_end)),
      label: String(row.label),
    },
    value: row.value === null ? null : Number(row.value),
    unit: String(row.unit),
    status: row.status as Observation['status'],
    flags: listOf(row.flags) as Observation['flags'],
    provenance: row.provenance as Observation['provenance'],
    source: String(row.source),
    resultTime: instantText(Number(row.result_time)),
    receivedAt: instantText(Number(row.received_at)),
    revision: Number(row.revision),
    lineage: String(row.lineage),
    ...(row.intervals === null
      ? {}
      : { interval: listOf(row.intervals) as NonNullable<Observation['interval']> }),
    comparisons: listOf(row.comparisons) as Observation['comparisons'],
  }
}

function listText(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list)
}

function listOf(text: DriverRow[keyof Row]): unknown {
  return text === null ? [] : JSON.parse(String(text))
}
