import type pg from 'pg'
import type { Lineage, Observation } from '../../src/domain/observation.ts'
import { rememberConfirmations } from './admission.ts'
import { newestPerClass } from './newest.ts'
import { columns, dimsText, fromRow, instantMs, type DriverRow } from './observation-row.ts'
import { appendBatch } from './postgres-append.ts'
import { ask } from './postgres-pool.ts'
import type { ObservationStore, StoredBatch } from './store.ts'

type Found = DriverRow & { indicator: string; region: string; dims: string }

const wanted = `s.indicator, s.region, s.dims, ${columns.map((column) => `o.${column}`).join(', ')}`
const superseded = (asOf: string): string => `EXISTS (SELECT FROM observations n WHERE n.series = o.series
  AND n.period_start = o.period_start AND n.period_end = o.period_end AND n.revision > o.revision AND n.received_at <= ${asOf})`

/** The store that several gateways share. The pool and the schema are its opener's. */
export function createPostgresStore(pool: pg.Pool, schema: string): ObservationStore {
  const confirmations = rememberConfirmations(100_000)
  const observations = async (sql: string, values: unknown[]): Promise<Observation[]> =>
    (await ask<Found>(pool, sql, values)).map(observationOf)
  return {
    append: (batch) => appendBatch(pool, schema, confirmations, batch),
    async latest({ indicators, regions, asOf, onceSources }) {
      const rows = await ask<Found>(pool, latestSql, [indicators, regions, instantMs(asOf)])
      const once = new Set(onceSources)
      const bySeries = new Map<number, Observation[]>()
      for (const row of rows)
        bySeries.set(Number(row.series), [...(bySeries.get(Number(row.series)) ?? []), observationOf(row)])
      return [...bySeries.values()].flatMap((candidates) => newestPerClass(candidates, once))
    },
    series: ({ indicator, region, dims, from, to, asOf, limit }) =>
      observations(seriesSql, [
        indicator,
        region,
        dims ? dimsText(dims) : null,
        instantMs(from),
        instantMs(to),
        instantMs(asOf),
        limit,
      ]),
    async at({ indicator, region, dims, periodStart, periodEnd, asOf, real }) {
      const [found] = await observations(atSql, [
        indicator,
        region,
        dimsText(dims),
        instantMs(periodStart),
        instantMs(periodEnd),
        instantMs(asOf),
      ])
      return real && found?.provenance === 'synthetic' ? undefined : found
    },
    async after(sequence, limit) {
      const batches: StoredBatch[] = []
      for (const row of await ask<Found>(pool, afterSql, [sequence, limit])) {
        const last = batches.at(-1)
        if (last?.sequence === Number(row.sequence)) last.observations.push(observationOf(row))
        else batches.push({ sequence: Number(row.sequence), observations: [observationOf(row)] })
      }
      return batches
    },
    async lineage(id) {
      const [found] = await ask<{ body: string }>(pool, 'SELECT body FROM lineages WHERE id = $1', [id])
      return found && (JSON.parse(found.body) as Lineage)
    },
    async cursor(key) {
      const [found] = await ask<{ value: string }>(pool, 'SELECT value FROM cursors WHERE key = $1', [key])
      return found?.value
    },
    async lastSequence() {
      const [found] = await ask<{ last: string | null }>(
        pool,
        'SELECT max(sequence) AS last FROM observations',
        [],
      )
      return Number(found?.last ?? 0)
    },
    close: async () => undefined,
  }
}

/** One index probe per series and source, however long the history is. */
const latestSql = `
  SELECT ${wanted} FROM series s JOIN series_sources ss ON ss.series = s.id
  CROSS JOIN LATERAL (
    SELECT * FROM observations o WHERE o.series = ss.series AND o.source = ss.source AND o.received_at <= $3 AND NOT ${superseded('$3')}
    ORDER BY o.period_end DESC, o.period_start DESC, o.revision DESC LIMIT 1) o
  WHERE s.indicator = ANY($1::text[]) AND s.region = ANY($2::text[])
  ORDER BY s.id`

const seriesSql = `
  SELECT ${wanted} FROM series s JOIN observations o ON o.series = s.id
  WHERE s.indicator = $1 AND s.region = $2 AND ($3::text IS NULL OR s.dims = $3)
    AND o.period_start >= $4 AND o.period_start < $5 AND o.received_at <= $6 AND NOT ${superseded('$6')}
  ORDER BY o.period_start, o.period_end, s.dims LIMIT $7`

const atSql = `
  SELECT ${wanted} FROM series s JOIN observations o ON o.series = s.id
  WHERE s.indicator = $1 AND s.region = $2 AND s.dims = $3 AND o.period_start = $4 AND o.period_end = $5 AND o.received_at <= $6
  ORDER BY o.revision DESC LIMIT 1`

const afterSql = `
  SELECT ${wanted} FROM observations o JOIN series s ON s.id = o.series
  WHERE o.sequence > $1 AND o.sequence <= (
    SELECT max(sequence) FROM (SELECT DISTINCT sequence FROM observations WHERE sequence > $1 ORDER BY sequence LIMIT $2) batches)
  ORDER BY o.sequence, o.id`

function observationOf(row: Found): Observation {
  return fromRow(row, {
    indicator: row.indicator,
    region: row.region,
    dims: JSON.parse(row.dims) as Record<string, string>,
  })
}
