import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/** As for the observations' thread: an entry of its own in the build, found from wherever the bundler puts this module. */
export function startHistoryWorker(): Worker {
  const entries = import.meta.url.endsWith('.ts')
    ? ['./history-worker-in-development.mjs']
    : ['./history-worker.js', '../history-worker.js']
  const entry = entries.map((name) => new URL(name, import.meta.url)).find((address) => existsSync(address))
  if (!entry)
    throw new Error(`the history's worker is not beside ${import.meta.url}: build the gateway again`)
  return new Worker(entry, { name: 'feature history', execArgv: [] })
}
