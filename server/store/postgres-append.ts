import type pg from 'pg'
import { type Observation, lineageIdOf } from '../../src/domain/observation.ts'
import { admit, standingOf, type Confirmations, type Standing } from './admission.ts'
import {
  columns,
  dimsText,
  fromRow,
  instantMs,
  seriesIdentity,
  toRow,
  type DriverRow,
  type Row,
} from './observation-row.ts'
import { transaction } from './postgres-pool.ts'
import { locks } from './postgres-schema.ts'
import { SequenceTakenError } from './storage-errors.ts'
import type { NewObservation, ObservationStore } from './store.ts'

type Batch = Parameters<ObservationStore['append']>[0]
type Filed = { key: string; observation: NewObservation; series: number; start: number; end: number }

const sqlTypes: Record<(typeof columns)[number], string> = {
  sequence: 'bigint',
  series: 'integer',
  revision: 'integer',
  period_start: 'bigint',
  period_end: 'bigint',
  label: 'text',
  value: 'double precision',
  unit: 'text',
  status: 'text',
  flags: 'text',
  provenance: 'text',
  source: 'text',
  result_time: 'bigint',
  received_at: 'bigint',
  lineage: 'text',
  intervals: 'text',
  comparisons: 'text',
}

const insertRows = `INSERT INTO observations (${columns.join(', ')})
  SELECT * FROM unnest(${columns.map((column, place) => `$${place + 1}::${sqlTypes[column]}[]`).join(', ')})`

/** Reads what stands and writes what is new under one lock, so that two gateways cannot both think a value is new. */
export function appendBatch(
  pool: pg.Pool,
  schema: string,
  confirmations: Confirmations,
  batch: Batch,
): ReturnType<ObservationStore['append']> {
  return transaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', [schema, locks.store])
    const filed = await fileBySeries(client, batch.observations)
    const { stored, refused } = admit(filed, await standingBefore(client, filed), confirmations)
    const observations = stored.map(({ observation }) => observation)
    const last = await client.query<{ last: string | null }>('SELECT max(sequence) AS last FROM sequences')
    if (batch.sequence <= Number(last.rows[0]?.last ?? 0)) {
      throw new SequenceTakenError(
        `sequence ${batch.sequence} is not after ${last.rows[0]?.last}, the last one in the store`,
      )
    }
    if (observations.length > 0) {
      const seriesOf = new Map(filed.map(({ key, series }) => [key, series]))
      await insert(
        client,
        batch,
        stored.map(({ key, observation }) => toRow(observation, seriesOf.get(key)!, batch.sequence)),
        observations,
      )
    }
    for (const { key, value } of batch.cursors ?? []) {
      await client.query(
        'INSERT INTO cursors VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        [key, value],
      )
    }
    return { stored: observations, refused }
  })
}

async function insert(
  client: pg.PoolClient,
  batch: Batch,
  rows: readonly Row[],
  observations: readonly Observation[],
): Promise<void> {
  await client.query('INSERT INTO sequences VALUES ($1)', [batch.sequence])
  await client.query(
    insertRows,
    columns.map((column) => rows.map((row) => row[column])),
  )
  await client.query(
    'INSERT INTO series_sources SELECT DISTINCT * FROM unnest($1::integer[], $2::text[]) ON CONFLICT DO NOTHING',
    [rows.map(({ series }) => series), rows.map(({ source }) => source)],
  )
  const used = new Set(observations.map(({ lineage }) => lineageIdOf(lineage)))
  const lineages = batch.lineages.filter(({ id }) => used.has(id))
  await client.query(
    'INSERT INTO lineages SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING',
    [lineages.map(({ id }) => id), lineages.map((lineage) => JSON.stringify(lineage))],
  )
}

async function fileBySeries(
  client: pg.PoolClient,
  observations: readonly NewObservation[],
): Promise<Filed[]> {
  const asked = new Map(observations.map((observation) => [identityOf(observation), observation]))
  const lists = [
    [...asked.values()].map(({ indicator }) => indicator),
    [...asked.values()].map(({ region }) => region),
    [...asked.values()].map(({ dims }) => dimsText(dims)),
  ]
  await client.query(
    `INSERT INTO series (indicator, region, dims)
    SELECT a.* FROM unnest($1::text[], $2::text[], $3::text[]) AS a (indicator, region, dims)
    WHERE NOT EXISTS (SELECT FROM series s WHERE s.indicator = a.indicator AND s.region = a.region AND md5(s.dims) = md5(a.dims))`,
    lists,
  )
  const { rows } = await client.query<{ id: number; place: string }>(
    `SELECT s.id, a.place
    FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS a (indicator, region, dims, place)
    JOIN series s ON s.indicator = a.indicator AND s.region = a.region AND md5(s.dims) = md5(a.dims)`,
    lists,
  )
  const identities = [...asked.keys()]
  const ids = new Map(rows.map(({ id, place }) => [identities[Number(place) - 1]!, id]))
  return observations.map((observation) => {
    const series = ids.get(identityOf(observation))!
    const [start, end] = [instantMs(observation.period.start), instantMs(observation.period.end)]
    return { key: `${series}|${start}|${end}`, observation, series, start, end }
  })
}

function identityOf({ indicator, region, dims }: NewObservation): string {
  return seriesIdentity(indicator, region, dims)
}

async function standingBefore(
  client: pg.PoolClient,
  filed: readonly Filed[],
): Promise<Map<string, Standing>> {
  const { rows } = await client.query<DriverRow>(
    `SELECT n.* FROM
    (SELECT DISTINCT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) AS a (series, period_start, period_end)) a
    CROSS JOIN LATERAL (SELECT * FROM observations o
      WHERE o.series = a.series AND o.period_start = a.period_start AND o.period_end = a.period_end
      ORDER BY o.revision DESC LIMIT 1) n`,
    [filed.map(({ series }) => series), filed.map(({ start }) => start), filed.map(({ end }) => end)],
  )
  return new Map(
    rows.map((row) => {
      const observation = fromRow(row, { indicator: '', region: '', dims: {} })
      return [
        `${row.series}|${row.period_start}|${row.period_end}`,
        { ...standingOf(observation), revision: observation.revision },
      ]
    }),
  )
}
