import { Worker } from 'node:worker_threads'

/**
 * Starts the thread that owns the DuckDB file. The build emits `duckdb-worker.ts` as an entry of its own, `duckdb-worker.js`,
 * in the same folder as the chunk that holds this module (dist/server). The address is put together at run time so that the
 * bundler leaves it alone.
 */
export function startDuckDbWorker(): Worker {
  const built = !import.meta.url.endsWith('.ts')
  const entry = built ? './duckdb-worker.js' : './duckdb-worker-in-development.mjs'
  return new Worker(new URL(entry, import.meta.url), { name: 'observation store', execArgv: [] })
}
