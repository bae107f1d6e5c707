import { parentPort, workerData } from 'node:worker_threads'
import { serveAdapter } from './adapter-thread.ts'
import type { Seat } from './thread-protocol.ts'

const files = import.meta.glob(
  ['../../src/adapters/indicators/*.ts', '!../../src/adapters/indicators/*.test.ts'],
  { import: 'default' },
)

const seat = workerData as Seat

serveAdapter(parentPort!, seat, async () => {
  const { adapter } = seat
  if ('file' in adapter)
    return ((await import(/* @vite-ignore */ adapter.file)) as { default: unknown }).default
  return files[`../../src/adapters/indicators/${adapter.id}.ts`]!()
})
