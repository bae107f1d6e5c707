import mysql from 'mysql2/promise'
import pg from 'pg'
import type { ProtocolSubject, SeedRow } from '../../conformance/protocol-suite.ts'
import type { Running } from '../../support/services/service.ts'

/** The source as the reader of that server's tables. */
export function sqlSource(server: Running, more: object = {}): Record<string, unknown> {
  const { address, settings } = server
  return { address, user: settings.readUser, passwordSecret: 'READER', tls: 'off', ...more }
}

export const sqlSecrets = (server: Running): Record<string, string> => ({
  READER: server.settings.readPassword!,
})

export const sqlFields = {
  region: { field: 'region' },
  time: { field: 'at', format: 'rfc3339' },
  value: { field: 'value' },
  unit: 'mm',
}

/** Statements as the owner of the database, who may write. */
export async function asOwner(server: Running, ...statements: string[]): Promise<void> {
  for await (const _ of owned(server, statements));
}

/** The rows of one question of the owner. */
export async function ownerRows(server: Running, statement: string): Promise<unknown[]> {
  for await (const rows of owned(server, [statement])) return rows
  return []
}

async function* owned(server: Running, statements: readonly string[]): AsyncGenerator<unknown[]> {
  const { user = '', password = '', database = '' } = server.settings
  const login = { host: '127.0.0.1', port: Number(new URL(server.address).port), user, password, database }
  if (server.address.startsWith('postgres')) {
    const client = new pg.Client(login)
    client.on('error', () => undefined)
    await client.connect()
    try {
      for (const statement of statements) yield (await client.query<object>(statement)).rows
    } finally {
      await client.end()
    }
    return
  }
  const connection = await mysql.createConnection({ ...login, disableEval: true, timezone: 'Z' })
  try {
    for (const statement of statements) yield (await connection.query<mysql.RowDataPacket[]>(statement))[0]
  } finally {
    await connection.end()
  }
}

const literal = (value: SeedRow['value']) =>
  value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`

/** A table of texts that notifies, as a department's database has it. */
export async function postgisSubject(server: Running, name: string): Promise<ProtocolSubject> {
  await asOwner(
    server,
    `CREATE TABLE ${name} (id bigint GENERATED ALWAYS AS IDENTITY, updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      region text, at timestamptz, value text, UNIQUE (region, at))`,
    `CREATE INDEX ON ${name} (updated_at, id)`,
    `CREATE FUNCTION ${name}_tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NOTIFY ${name}; RETURN NULL; END $$`,
    `CREATE TRIGGER told AFTER INSERT OR UPDATE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION ${name}_tell()`,
  )
  return {
    source: sqlSource(server, { follow: { channel: name, every: 'PT1H' }, limits: { pageRows: 100 } }),
    mapping: {
      query: `SELECT region, at, value FROM ${name} WHERE at >= :from AND at < :to`,
      fields: sqlFields,
      changes: {
        query: `SELECT * FROM ${name} WHERE updated_at >= :cursor`,
        at: 'updated_at',
        id: 'id',
        overlap: 'PT5S',
      },
    },
    secrets: sqlSecrets(server),
    seed: (rows) =>
      asOwner(
        server,
        `INSERT INTO ${name} (region, at, value) VALUES
          ${rows.map(({ region, at, value }) => `('${region}', '${at}', ${literal(value)})`).join(', ')}
          ON CONFLICT (region, at) DO UPDATE SET value = excluded.value, updated_at = clock_timestamp()`,
      ),
  }
}

const utc = (at: string) => new Date(at).toISOString().slice(0, 23).replace('T', ' ')

export async function mariadbSubject(server: Running, name: string): Promise<ProtocolSubject> {
  await asOwner(
    server,
    `CREATE TABLE ${name} (id bigint AUTO_INCREMENT PRIMARY KEY,
      updated_at timestamp(6) NOT NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6),
      region varchar(20), at timestamp(3) NULL, value varchar(400), UNIQUE (region, at), KEY (updated_at, id))`,
  )
  return {
    source: sqlSource(server, { follow: { every: 'PT1S' }, limits: { pageRows: 100 } }),
    mapping: {
      query: `SELECT region, at, value FROM ${name} WHERE at >= :from AND at < :to`,
      fields: sqlFields,
      changes: { query: `SELECT * FROM ${name}`, at: 'updated_at', id: 'id', overlap: 'PT5S' },
    },
    secrets: sqlSecrets(server),
    seed: (rows) =>
      asOwner(
        server,
        "SET time_zone = '+00:00'",
        `INSERT INTO ${name} (region, at, value) VALUES
          ${rows.map(({ region, at, value }) => `('${region}', '${utc(at)}', ${literal(value)})`).join(', ')}
          ON DUPLICATE KEY UPDATE value = VALUES(value), updated_at = current_timestamp(6)`,
      ),
  }
}
