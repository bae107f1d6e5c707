import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { StoreUnusableError, StoreInUseError, StoreUnavailableError, systemCodeOf } from './storage-errors.ts'
import { createTurns } from './turns.ts'

export interface DuckDbFile {
  /** The one connection that writes. */
  writer: DuckDBConnection
  /** Runs a query on a connection of its own; the signal interrupts it. */
  read(
    sql: string,
    values: Record<string, DuckDBValue>,
    signal?: AbortSignal,
  ): Promise<Record<string, DuckDBValue>[]>
  close(): void
}

const readersAtOnce = 3

/** Opens or makes the file; the settings keep SQL inside it: no other file, no extension fetched from the network. */
export async function openDuckDbFile(file: string): Promise<DuckDbFile> {
  const instance = await DuckDBInstance.create(file, {
    threads: String(Math.min(4, availableParallelism())),
    memory_limit: '2GB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }).catch((error: unknown) => {
    throw openError(file, error)
  })
  const writer = await instance.connect()
  await writer.run('SET enable_external_access = false')
  await writer.run('SET lock_configuration = true')
  const idle: DuckDBConnection[] = []
  const turn = createTurns(readersAtOnce)
  return {
    writer,
    read: (sql, values, signal) =>
      turn(async () => {
        signal?.throwIfAborted()
        const connection = idle.pop() ?? (await instance.connect())
        const interrupt = (): void => connection.interrupt()
        signal?.addEventListener('abort', interrupt, { once: true })
        try {
          return (await connection.runAndReadAll(sql, values)).getRowObjects()
        } catch (cause) {
          throw new StoreUnavailableError(`the store could not read: ${messageOf(cause)}`, { cause })
        } finally {
          signal?.removeEventListener('abort', interrupt)
          idle.push(connection)
        }
      }),
    close() {
      for (const connection of idle) connection.closeSync()
      writer.closeSync()
      instance.closeSync()
    },
  }
}

function openError(file: string, error: unknown): Error {
  const message = messageOf(error)
  if (message.includes('Could not set lock')) {
    const pid = /\(PID (\d+)\)/.exec(message)?.[1]
    return new StoreInUseError(dirname(file), pid === undefined ? undefined : Number(pid))
  }
  const code = systemCodeOf(error)
  const reason = code === 'EACCES' ? 'permission denied' : message.split('\n')[0]
  return new StoreUnusableError(`${file} cannot be opened: ${reason}`, { cause: error })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
