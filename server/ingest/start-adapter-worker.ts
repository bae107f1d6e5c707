import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Seat } from './thread-protocol.ts'

/** More than this is not what reading a source takes. Buffers lie outside it and are watched by themselves. */
export const mostMemoryMb = 256

/**
 * Starts the thread of one source. The build emits `adapter-worker.ts` as an entry of its own, dist/server/adapter-worker.js, and
 * puts this module beside it or into a folder of shared chunks. It is given no environment: secrets stand there.
 */
export function startAdapterWorker(seat: Seat): Worker {
  const entries = import.meta.url.endsWith('.ts')
    ? ['./adapter-worker-in-development.mjs']
    : ['./adapter-worker.js', '../adapter-worker.js']
  const entry = entries.map((name) => new URL(name, import.meta.url)).find((address) => existsSync(address))
  if (!entry)
    throw new Error(`the adapters' worker is not beside ${import.meta.url}: build the gateway again`)
  const worker = new Worker(entry, {
    name: 'source',
    execArgv: [],
    env: {},
    workerData: seat,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  // What it prints is not ours to tell, and could forge lines of the log.
  worker.stdout.resume()
  worker.stderr.resume()
  return worker
}
