import { join } from 'node:path'
import { openFileJournal } from '../journal/file-journal.ts'
import type { Journal, Lane } from '../journal/journal.ts'
import { createLane } from '../journal/lane.ts'
import { openDuckDbStore } from './duckdb.ts'
import { lockFolder } from './folder-lock.ts'
import { openPostgresStorage } from './postgres-storage.ts'
import type { ObservationStore } from './store.ts'

export { JournalBrokenError, StoreInUseError, StoreUnusableError } from './storage-errors.ts'

/** What the gateway keeps: observations, the journal and the one sequence both share. */
export interface Storage {
  store: ObservationStore
  journal: Journal
  lane: Lane
  close(): Promise<void>
}

export interface StorageOptions {
  /** Folder of the embedded store: observations.duckdb, journal.jsonl, lock. */
  varDir: string
  /** PostgreSQL for both, when several gateways share them; then nothing is written to varDir. */
  databaseUrl?: string
  /** Told what a person should know: a torn end that was cut off, a database that went away. */
  report?: (sentence: string) => void
}

/** Rejects with StoreInUseError, StoreUnusableError or JournalBrokenError, each with one clear sentence; then nothing stays open. */
export async function openStorage({ varDir, databaseUrl, report }: StorageOptions): Promise<Storage> {
  if (databaseUrl !== undefined) return openPostgresStorage(databaseUrl, report ? { report } : {})
  const lock = lockFolder(varDir)
  const opened: { close(): Promise<void> }[] = [{ close: async () => lock.release() }]
  const close = async (): Promise<void> => {
    for (let part = opened.pop(); part; part = opened.pop()) await part.close()
  }
  try {
    // The database before the journal: its lock holds off a second process that our own lock could not see.
    const store = await openDuckDbStore({ file: join(varDir, 'observations.duckdb') })
    opened.push(store)
    const journal = await openFileJournal({
      path: join(varDir, 'journal.jsonl'),
      ...(report ? { report } : {}),
    })
    opened.push(journal)
    const lastTaken = async (): Promise<number> =>
      Math.max(await store.lastSequence(), journal.lastSequence())
    return { store, journal, lane: createLane(await lastTaken(), lastTaken), close }
  } catch (error) {
    await close()
    throw error
  }
}
