import { listValue, type DuckDBValue } from '@duckdb/node-api'
import type { Observation } from '../../src/domain/observation.ts'
import type { DuckDbFile } from './duckdb-connection.ts'
import type { NewestIndex } from './newest-index.ts'
import { isNewer } from './newest.ts'
import { columns, fromRow, instantMs, type DriverRow } from './observation-row.ts'
import type { StoredBatch } from './store.ts'

const wanted = columns.map((column) => `o.${column}`).join(', ')
const oneOf = 'o.series IN (SELECT unnest($ids::INTEGER[]))'

export interface SeriesPeriod {
  series: number
  start: number
  end: number
}

export interface History {
  /** Of each of these series, per source, the newest observation that stood at that moment. */
  newestAt(ids: readonly number[], asOfMs: number, signal?: AbortSignal): Promise<Map<number, Observation[]>>
  /** Newest revision of each of these periods; those without one are left out. */
  standing(
    periods: readonly SeriesPeriod[],
    asOfMs: number,
    signal?: AbortSignal,
  ): Promise<{ series: number; observation: Observation }[]>
  between(
    ids: readonly number[],
    window: { fromMs: number; toMs: number; asOfMs: number; limit: number },
    signal?: AbortSignal,
  ): Promise<Observation[]>
  after(sequence: number, limit: number, signal?: AbortSignal): Promise<StoredBatch[]>
  received(
    window: { fromMs: number; toMs: number; after: number; limit: number },
    signal?: AbortSignal,
  ): Promise<StoredBatch[]>
}

/** The questions about the past, in SQL. Every value is a parameter. */
export function createHistory(file: DuckDbFile, index: NewestIndex): History {
  const read = async (sql: string, values: Record<string, DuckDBValue>, signal?: AbortSignal) =>
    ((await file.read(sql, values, signal)) as unknown as DriverRow[]).map((row) => {
      const series = index.get(Number(row.series))
      return { series: series.id, sequence: Number(row.sequence), observation: fromRow(row, series) }
    })
  const history: History = {
    async newestAt(ids, asOfMs, signal) {
      if (ids.length === 0) return new Map()
      const rows = await read(newestSql, { ids: integers(ids), asOf: BigInt(asOfMs) }, signal)
      const { found, shadowed } = pickNewest(rows)
      for (const id of shadowed) {
        const all = await read(standingOfSeriesSql, { ids: integers([id]), asOf: BigInt(asOfMs) }, signal)
        found.set(id, newestPerSource(all.map(({ observation }) => observation)))
      }
      return found
    },
    standing: async (periods, asOfMs, signal) => {
      if (periods.length === 0) return []
      return read(
        standingSql,
        {
          series: integers(periods.map(({ series }) => series)),
          starts: bigints(periods.map(({ start }) => start)),
          ends: bigints(periods.map(({ end }) => end)),
          asOf: BigInt(asOfMs),
        },
        signal,
      )
    },
    async between(ids, { fromMs, toMs, asOfMs, limit }, signal) {
      if (ids.length === 0) return []
      const window = { from: BigInt(fromMs), to: BigInt(toMs), asOf: BigInt(asOfMs), limit: BigInt(limit) }
      const rows = await read(betweenSql, { ids: integers(ids), ...window }, signal)
      return rows.map(({ observation }) => observation)
    },
    after: async (sequence, limit, signal) =>
      batchesOf(await read(afterSql, { after: BigInt(sequence), limit: BigInt(limit) }, signal)),
    async received({ fromMs, toMs, after, limit }, signal) {
      const window = { from: BigInt(fromMs), to: BigInt(toMs), after: BigInt(after), limit: BigInt(limit) }
      return batchesOf(await read(receivedSql, window, signal))
    },
  }
  return history
}

/** Every row at the latest end of each series and source: among them is the newest, and whatever superseded it. */
const newestSql = `
  WITH newest AS (
    SELECT series, source, max(period_end) AS period_end FROM observations o
    WHERE ${oneOf} AND received_at <= $asOf::BIGINT GROUP BY series, source),
  ends AS (SELECT DISTINCT series, period_end FROM newest)
  SELECT ${wanted} FROM observations o JOIN ends USING (series, period_end) WHERE o.received_at <= $asOf::BIGINT`

const newestRevision =
  'QUALIFY row_number() OVER (PARTITION BY o.series, o.period_start, o.period_end ORDER BY o.revision DESC) = 1'

const standingOfSeriesSql = `SELECT ${wanted} FROM observations o WHERE ${oneOf} AND o.received_at <= $asOf::BIGINT ${newestRevision}`

const standingSql = `
  WITH asked AS (SELECT DISTINCT unnest($series::INTEGER[]) AS series, unnest($starts::BIGINT[]) AS period_start, unnest($ends::BIGINT[]) AS period_end)
  SELECT ${wanted} FROM observations o JOIN asked USING (series, period_start, period_end)
  WHERE o.received_at <= $asOf::BIGINT ${newestRevision}`

const betweenSql = `
  SELECT ${wanted} FROM observations o JOIN series s ON s.id = o.series
  WHERE ${oneOf} AND o.period_start >= $from::BIGINT AND o.period_start < $to::BIGINT AND o.received_at <= $asOf::BIGINT
  ${newestRevision} ORDER BY o.period_start, o.period_end, s.dims LIMIT $limit::BIGINT`

const afterSql = `
  SELECT ${wanted} FROM observations o
  WHERE o.sequence > $after::BIGINT AND o.sequence <= (
    SELECT max(sequence) FROM (SELECT DISTINCT sequence FROM observations WHERE sequence > $after::BIGINT ORDER BY sequence LIMIT $limit::BIGINT))
  ORDER BY o.sequence, o.rowid`

const receivedSql = `
  WITH asked AS (
    SELECT ${wanted}, o.rowid AS place, dense_rank() OVER (ORDER BY o.sequence) AS batch FROM observations o
    WHERE o.sequence > $after::BIGINT AND o.received_at >= $from::BIGINT AND o.received_at < $to::BIGINT)
  SELECT * FROM asked WHERE batch <= $limit::BIGINT ORDER BY sequence, place`

function batchesOf(rows: readonly { sequence: number; observation: Observation }[]): StoredBatch[] {
  const batches: StoredBatch[] = []
  for (const { sequence, observation } of rows) {
    const last = batches.at(-1)
    if (last?.sequence === sequence) last.observations.push(observation)
    else batches.push({ sequence, observations: [observation] })
  }
  return batches
}

type Read = { series: number; observation: Observation }

/** `shadowed`: series of which a source's newest period was superseded by another source's, so that an older one of it stands. */
function pickNewest(rows: readonly Read[]): { found: Map<number, Observation[]>; shadowed: Set<number> } {
  const standing = new Map<string, Read>()
  for (const row of rows) {
    const { start, end } = row.observation.period
    const key = `${row.series}|${start}|${end}`
    const known = standing.get(key)
    if (!known || row.observation.revision > known.observation.revision) standing.set(key, row)
  }
  const bySeries = new Map<number, Observation[]>()
  for (const { series, observation } of standing.values()) {
    const there = bySeries.get(series)
    if (there) there.push(observation)
    else bySeries.set(series, [observation])
  }
  const found = new Map([...bySeries].map(([series, stands]) => [series, newestPerSource(stands)]))
  const shadowed = new Set<number>()
  for (const { series, observation } of rows) {
    if (!found.get(series)!.some(({ source }) => source === observation.source)) shadowed.add(series)
  }
  return { found, shadowed }
}

function newestPerSource(observations: readonly Observation[]): Observation[] {
  const newest = new Map<string, Observation>()
  for (const observation of observations) {
    const known = newest.get(observation.source)
    if (!known || isNewer(observation, known)) newest.set(observation.source, observation)
  }
  return [...newest.values()]
}

function integers(list: readonly number[]): DuckDBValue {
  return listValue([...list])
}

function bigints(list: readonly number[]): DuckDBValue {
  return listValue(list.map(BigInt))
}

export function periodOf(
  series: number,
  observation: { period: { start: string; end: string } },
): SeriesPeriod {
  return { series, start: instantMs(observation.period.start), end: instantMs(observation.period.end) }
}
