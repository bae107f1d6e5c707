import { parentPort } from 'node:worker_threads'
import { serveRequests } from '../../store/worker-channel.ts'
import { openDuckDbHistory } from './duckdb-history.ts'
import type { FeatureHistory, Heard } from './feature-history.ts'
import { createHistoryEngine } from './history-engine.ts'
import { type PostgresHistory, openPostgresHistory } from './postgres-history.ts'

if (!parentPort) throw new Error('history-worker.ts is started by start-history-worker.ts')

let engine: FeatureHistory | undefined

function opened(): FeatureHistory {
  if (!engine) throw new Error('the history is not open')
  return engine
}

serveRequests(parentPort, {
  open: async (where: { file: string } | PostgresHistory) => {
    const database = 'file' in where ? openDuckDbHistory(where.file) : openPostgresHistory(where)
    engine = createHistoryEngine(await database)
  },
  hear: (heard: Heard) => opened().hear(heard),
  keep: ({ heard, text }: { heard: Heard; text: string }) => opened().keep(heard, text),
  find: (asked: Parameters<FeatureHistory['find']>[0]) => opened().find(asked),
  extent: () => opened().extent(),
  bound: (limits: Parameters<FeatureHistory['bound']>[0]) => opened().bound(limits),
  close: async () => {
    await engine?.close()
    engine = undefined
  },
})
