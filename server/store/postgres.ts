import type pg from 'pg'
import type { Lineage, Observation } from '../../src/domain/observation.ts'
import { rememberConfirmations } from './admission.ts'
import { newestPerClass } from './newest.ts'
import { dimsText, instantMs } from './observation-row.ts'
import { appendBatch } from './postgres-append.ts'
import { ask } from './postgres-pool.ts'
import { prune } from './postgres-prune.ts'
import {
  batchesOf,
  createQuestions,
  type Found,
  observationOf,
  superseded,
  wanted,
} from './postgres-questions.ts'
import type { ObservationStore } from './store.ts'

/** The store that several gateways share. The pool and the schema are its opener's. */
export function createPostgresStore(pool: pg.Pool, schema: string): ObservationStore {
  const confirmations = rememberConfirmations(100_000)
  const text = async (sql: string, values: unknown[]): Promise<string | undefined> =>
    (await ask<{ text: string }>(pool, sql, values))[0]?.text
  const observations = async (sql: string, values: unknown[]): Promise<Observation[]> =>
    (await ask<Found>(pool, sql, values)).map(observationOf)
  return {
    append: (batch) => appendBatch(pool, schema, confirmations, batch),
    latest: async ({ indicators, regions, asOf, onceSources }) =>
      newestOf(
        await ask<Found>(pool, latestSql, [indicators, regions, instantMs(asOf)]),
        new Set(onceSources),
      ),
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
    ...createQuestions(pool),
    prune: (query) => prune(pool, schema, query),
    after: async (sequence, limit) => batchesOf(await ask<Found>(pool, afterSql, [sequence, limit])),
    lineage: async (id) => {
      const body = await text('SELECT body AS text FROM lineages WHERE id = $1', [id])
      return body === undefined ? undefined : (JSON.parse(body) as Lineage)
    },
    cursor: (key) => text('SELECT value AS text FROM cursors WHERE key = $1', [key]),
    lastSequence: async () =>
      Number(await text('SELECT coalesce(max(sequence), 0)::text AS text FROM observations', [])),
    close: async () => undefined,
  }
}

function newestOf(rows: readonly Found[], once: ReadonlySet<string>): Observation[] {
  const bySeries = new Map<number, Observation[]>()
  for (const row of rows) {
    const there = bySeries.get(Number(row.series))
    if (there) there.push(observationOf(row))
    else bySeries.set(Number(row.series), [observationOf(row)])
  }
  return [...bySeries.values()].flatMap((candidates) => newestPerClass(candidates, once))
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
