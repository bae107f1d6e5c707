import type pg from 'pg'
import type { Observation } from '../../src/domain/observation.ts'
import { drillRows } from './drill-rows.ts'
import { columns, dimsText, fromRow, instantMs, type DriverRow } from './observation-row.ts'
import { ask } from './postgres-pool.ts'
import type { ObservationStore, StoredBatch } from './store.ts'

export type Found = DriverRow & { indicator: string; region: string; dims: string }

export const wanted = `s.indicator, s.region, s.dims, ${columns.map((column) => `o.${column}`).join(', ')}`
export const superseded = (
  asOf: string,
): string => `EXISTS (SELECT FROM observations n WHERE n.series = o.series
  AND n.period_start = o.period_start AND n.period_end = o.period_end AND n.revision > o.revision AND n.received_at <= ${asOf})`

/** Questions over many series at once, and replay. */
export function createQuestions(pool: pg.Pool): Pick<ObservationStore, 'atMany' | 'received' | 'drill'> {
  return {
    async atMany(queries) {
      const rows = await ask<Found & { place: string }>(pool, atManySql, [
        queries.map(({ indicator }) => indicator),
        queries.map(({ region }) => region),
        queries.map(({ dims }) => dimsText(dims)),
        queries.map(({ periodStart }) => instantMs(periodStart)),
        queries.map(({ periodEnd }) => instantMs(periodEnd)),
        queries.map(({ asOf }) => instantMs(asOf)),
      ])
      const found = new Map(rows.map((row) => [Number(row.place) - 1, observationOf(row)]))
      return queries.map(({ real }, nth) =>
        real && found.get(nth)?.provenance === 'synthetic' ? undefined : found.get(nth),
      )
    },
    received: async ({ from, to, after = 0, limit }) =>
      batchesOf(await ask<Found>(pool, receivedSql, [after, instantMs(from), instantMs(to), limit])),
    drill: async (query) =>
      drillRows(
        (
          await ask<Found>(pool, drillSql, [
            query.indicator,
            [...query.regions],
            query.dims ? dimsText(query.dims) : null,
            instantMs(query.from),
            instantMs(query.to),
            instantMs(query.asOf),
          ])
        ).map(observationOf),
        query,
      ),
  }
}

export function batchesOf(rows: readonly Found[]): StoredBatch[] {
  const batches: StoredBatch[] = []
  for (const row of rows) {
    const last = batches.at(-1)
    if (last?.sequence === Number(row.sequence)) last.observations.push(observationOf(row))
    else batches.push({ sequence: Number(row.sequence), observations: [observationOf(row)] })
  }
  return batches
}

const atManySql = `
  SELECT a.place, ${wanted}
  FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
    WITH ORDINALITY AS a (indicator, region, dims, period_start, period_end, as_of, place)
  JOIN series s ON s.indicator = a.indicator AND s.region = a.region AND md5(s.dims) = md5(a.dims)
  CROSS JOIN LATERAL (
    SELECT * FROM observations o WHERE o.series = s.id AND o.period_start = a.period_start AND o.period_end = a.period_end
      AND o.received_at <= a.as_of ORDER BY o.revision DESC LIMIT 1) o`

const receivedSql = `
  SELECT * FROM (
    SELECT ${wanted}, o.id AS place, dense_rank() OVER (ORDER BY o.sequence) AS batch
    FROM observations o JOIN series s ON s.id = o.series
    WHERE o.sequence > $1 AND o.received_at >= $2 AND o.received_at < $3) asked
  WHERE batch <= $4 ORDER BY sequence, place`

const drillSql = `
  SELECT ${wanted} FROM series s JOIN observations o ON o.series = s.id
  WHERE s.indicator = $1 AND s.region = ANY($2::text[]) AND ($3::text IS NULL OR s.dims = $3)
    AND o.period_start >= $4 AND o.period_start < $5 AND o.received_at <= $6 AND NOT ${superseded('$6')}
  ORDER BY o.period_start, o.period_end, s.id`

export function observationOf(row: Found): Observation {
  return fromRow(row, {
    indicator: row.indicator,
    region: row.region,
    dims: JSON.parse(row.dims) as Record<string, string>,
  })
}
