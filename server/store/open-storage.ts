import { join } from 'node:path'
import { openFeatureHistory } from '../features/history/open-feature-history.ts'
import { openFileJournal } from '../journal/file-journal.ts'
import { createLane } from '../journal/lane.ts'
import { openDuckDbStore } from './duckdb.ts'
import { lockFolder } from './folder-lock.ts'
import { openPostgresStorage } from './postgres-storage.ts'
import type { Storage } from './storage.ts'

export type { Storage } from './storage.ts'
export { JournalBrokenError, StoreInUseError, StoreUnusableError } from './storage-errors.ts'

export interface StorageOptions {
  /** Folder of the embedded store: observations.duckdb, features.duckdb, journal.jsonl, packs, lock. */
  varDir: string
  /** PostgreSQL for both, when several gateways share them; then nothing is written to varDir. */
  databaseUrl?: string
  /** Told what a person should know: a torn end that was cut off, a connection that was lost. Standard error when absent. */
  report?: (sentence: string) => unknown
}

/** Rejects with StoreInUseError, StoreUnusableError or JournalBrokenError, each with one clear sentence; then nothing stays open. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { varDir, databaseUrl, report = (sentence) => process.stderr.write(`${sentence}\n`) } = options
  if (databaseUrl !== undefined) return openPostgresStorage(databaseUrl, { report })
  const lock = lockFolder(varDir)
  const opened: { close(): Promise<void> }[] = [{ close: async () => lock.release() }]
  const close = async (): Promise<void> => {
    for (let part = opened.pop(); part; part = opened.pop()) await part.close()
  }
  try {
    // The database before the journal: its lock holds off a second process that our own lock could not see.
    const store = await openDuckDbStore({ file: join(varDir, 'observations.duckdb') })
    opened.push(store)
    const journal = await openFileJournal({ path: join(varDir, 'journal.jsonl'), report })
    opened.push(journal)
    const features = openFeatureHistory({ file: join(varDir, 'features.duckdb') })
    opened.push(features)
    const lastTaken = async (): Promise<number> =>
      Math.max(await store.lastSequence(), journal.lastSequence())
    const lane = createLane(await lastTaken(), lastTaken)
    return { store, journal, lane, features, folder: varDir, close }
  } catch (error) {
    await close()
    throw error
  }
}
