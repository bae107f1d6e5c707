import {
  DuckDBBlobValue,
  DuckDBInstance,
  type DuckDBConnection,
  type DuckDBValue,
  blobValue,
} from '@duckdb/node-api'
import { messageOf } from '../../store/duckdb-connection.ts'
import {
  StoreUnavailableError,
  StoreUnusableError,
  StoreWriteError,
  systemCodeOf,
} from '../../store/storage-errors.ts'
import { createTurns } from '../../store/turns.ts'
import { type HistoryDatabase, type SqlValue, historyTables, historyVersion } from './history-tables.ts'

/**
 * A file of its own beside the observations, which are never deleted and must not wait for large bodies.
 * @param file or ':memory:'
 */
export async function openDuckDbHistory(file: string): Promise<HistoryDatabase> {
  const settings = {
    threads: '1',
    memory_limit: '512MB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }
  const instance = await DuckDBInstance.create(':memory:', settings)
  try {
    const [writer, reader] = [await instance.connect(), await instance.connect()]
    // Small row groups: bodies are large, and a group is written anew at each checkpoint and given back as a whole.
    await writer.run(`ATTACH '${file.replaceAll("'", "''")}' AS history (ROW_GROUP_SIZE 2048)`)
    for (const connection of [writer, reader]) await connection.run('USE history')
    await writer.run('SET enable_external_access = false')
    await writer.run('SET lock_configuration = true')
    await prepare(writer)
    return overConnections(instance, writer, reader)
  } catch (cause) {
    instance.closeSync()
    if (cause instanceof StoreUnusableError) throw cause
    throw new StoreUnusableError(`${file} cannot be opened: ${messageOf(cause).split('\n')[0]}`, { cause })
  }
}

async function prepare(writer: DuckDBConnection): Promise<void> {
  const made = await rowsOf(writer, "SELECT 1 FROM duckdb_tables() WHERE table_name = 'feature_meta'", [])
  if (made.length === 0) {
    await writer.run('BEGIN')
    for (const table of historyTables('BLOB')) await writer.run(table)
    await writer.run('COMMIT')
  }
  const [found] = await rowsOf(writer, 'SELECT version FROM feature_meta', [])
  if (found?.['version'] !== historyVersion)
    throw new StoreUnusableError(`the history of features has another form than version ${historyVersion}`)
}

function overConnections(
  instance: DuckDBInstance,
  writer: DuckDBConnection,
  reader: DuckDBConnection,
): HistoryDatabase {
  const [writing, reading] = [createTurns(1), createTurns(1)]
  return {
    read: async (sql, values = []) =>
      await reading(async () => {
        try {
          return await rowsOf(reader, sql, values)
        } catch (cause) {
          throw new StoreUnavailableError(`the history could not be read: ${messageOf(cause)}`, { cause })
        }
      }),
    write: async (work) =>
      await writing(async () => {
        await writer.run('BEGIN')
        try {
          const result = await work(async (sql, values = []) => await rowsOf(writer, sql, values))
          await writer.run('COMMIT')
          return result
        } catch (cause) {
          // A failed COMMIT has already ended the transaction, and then there is nothing to roll back.
          await writer.run('ROLLBACK').catch(() => undefined)
          const sentence = `the history could not be written: ${messageOf(cause)}`
          throw new StoreWriteError(sentence, systemCodeOf(cause), { cause })
        }
      }),
    close: async () =>
      await writing(async () => {
        for (const connection of [writer, reader]) connection.closeSync()
        instance.closeSync()
      }),
  }
}

async function rowsOf(connection: DuckDBConnection, sql: string, values: readonly SqlValue[]) {
  const result = await connection.runAndReadAll(sql, values.map(boundValue))
  return result
    .getRowObjects()
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          value instanceof DuckDBBlobValue ? value.bytes : value,
        ]),
      ),
    )
}

function boundValue(value: SqlValue): DuckDBValue {
  if (typeof value === 'number') return BigInt(Math.floor(value))
  return value instanceof Uint8Array ? blobValue(value) : value
}
