import type pg from 'pg'
import { StoreUnusableError } from './storage-errors.ts'
import { transaction } from './postgres-pool.ts'

const version = 1

/** Two-part keys of our advisory locks: the schema's hash and one of these. */
export const locks = { lane: 1, store: 2, journal: 3, schema: 4, features: 5 } as const

/**
 * `sequences` is the one global numbering: store and journal both write their numbers there, so that two gateways can never
 * use one twice, even if a lane's lock is lost with its connection. Times are UTC milliseconds since 1970.
 */
const tables = `
  CREATE TABLE meta (version integer NOT NULL);
  CREATE TABLE sequences (sequence bigint PRIMARY KEY);
  CREATE TABLE series (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, indicator text NOT NULL, region text NOT NULL, dims text NOT NULL);
  CREATE UNIQUE INDEX series_identity ON series (indicator, region, md5(dims));
  CREATE TABLE series_sources (series integer NOT NULL, source text NOT NULL, PRIMARY KEY (series, source));
  CREATE TABLE observations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sequence bigint NOT NULL, series integer NOT NULL REFERENCES series, revision integer NOT NULL,
    period_start bigint NOT NULL, period_end bigint NOT NULL, label text NOT NULL,
    value double precision, unit text NOT NULL, status text NOT NULL, flags text, provenance text NOT NULL,
    source text NOT NULL, result_time bigint NOT NULL, received_at bigint NOT NULL, lineage text NOT NULL,
    intervals text, comparisons text);
  CREATE UNIQUE INDEX observations_revision ON observations (series, period_start, period_end, revision);
  CREATE INDEX observations_newest ON observations (series, source, period_end DESC, period_start DESC, revision DESC);
  CREATE INDEX observations_sequence ON observations (sequence);
  CREATE TABLE lineages (id text PRIMARY KEY, body text NOT NULL);
  CREATE TABLE cursors (key text PRIMARY KEY, value text NOT NULL);
  CREATE TABLE journal (sequence bigint PRIMARY KEY, line text NOT NULL);
  CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON observations FOR EACH STATEMENT EXECUTE FUNCTION append_only();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION append_only();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sequences FOR EACH STATEMENT EXECUTE FUNCTION append_only();
`

/** Makes what is missing, once, however many gateways start together. */
export async function prepareSchema(pool: pg.Pool, schema: string): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1), $2)', [schema, locks.schema])
    const { rows } = await client.query<{ made: boolean }>(
      "SELECT to_regclass($1 || '.meta') IS NOT NULL AS made",
      [schema],
    )
    if (rows[0]?.made) return
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
    await client.query(tables)
    await client.query('INSERT INTO meta VALUES ($1)', [version])
  })
  const { rows } = await pool.query<{ version: number }>('SELECT version FROM meta')
  if (rows[0]?.version === version) return
  throw new StoreUnusableError(
    `the store in PostgreSQL has version ${rows[0]?.version} of its form, this program reads version ${version}`,
  )
}
