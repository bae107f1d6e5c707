import { parentPort } from 'node:worker_threads'
import { openDuckDbEngine, type DuckDbEngine } from './duckdb-engine.ts'
import { serveRequests } from './worker-channel.ts'

if (!parentPort) throw new Error('duckdb-worker.ts is started by start-duckdb-worker.ts')

let engine: DuckDbEngine | undefined

function opened(): DuckDbEngine {
  if (!engine) throw new Error('the store is not open')
  return engine
}

type Query<M extends keyof DuckDbEngine> = Parameters<DuckDbEngine[M]>[0]

serveRequests(parentPort, {
  open: async (file: string) => {
    engine = await openDuckDbEngine(file)
    return engine.lastSequence()
  },
  append: (batch: Query<'append'>) => opened().append(batch),
  latest: (query: Query<'latest'>, signal: AbortSignal) => opened().latest(query, signal),
  series: (query: Query<'series'>, signal: AbortSignal) => opened().series(query, signal),
  at: (query: Query<'at'>, signal: AbortSignal) => opened().at(query, signal),
  atMany: (queries: Query<'atMany'>, signal: AbortSignal) => opened().atMany(queries, signal),
  received: (query: Query<'received'>, signal: AbortSignal) => opened().received(query, signal),
  drill: (query: Query<'drill'>, signal: AbortSignal) => opened().drill(query, signal),
  prune: (query: Query<'prune'>) => opened().prune(query),
  after: (query: Query<'after'>, signal: AbortSignal) => opened().after(query, signal),
  lineage: (id: string, signal: AbortSignal) => opened().lineage(id, signal),
  cursor: (key: string, signal: AbortSignal) => opened().cursor(key, signal),
  lastSequence: () => opened().lastSequence(),
  close: async () => {
    await engine?.close()
    engine = undefined
  },
})
