import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/**
 * Starts the thread that owns the DuckDB file. The build emits `duckdb-worker.ts` as an entry of its own, dist/server/duckdb-worker.js,
 * and puts this module beside it or into a folder of shared chunks. The address is put together at run time so that the bundler
 * leaves it alone.
 */
export function startDuckDbWorker(): Worker {
  const entries = import.meta.url.endsWith('.ts')
    ? ['./duckdb-worker-in-development.mjs']
    : ['./duckdb-worker.js', '../duckdb-worker.js']
  const entry = entries.map((name) => new URL(name, import.meta.url)).find((address) => existsSync(address))
  if (!entry) throw new Error(`the store's worker is not beside ${import.meta.url}: build the gateway again`)
  return new Worker(entry, { name: 'observation store', execArgv: [] })
}
